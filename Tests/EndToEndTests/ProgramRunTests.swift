// SPDX-License-Identifier: MIT

import Testing

@Suite struct ProgramRunTests {
  @Test("a program runs under each allocator, with a row for each that is here")
  func rows() throws {
    let sandbox = Sandbox()
    let ending = sandbox.run("run", "-n", "2", "-f", "json", "--", "/bin/true")
    #expect(ending.status == 0)
    #expect(ending.errors == "note: next: acebench record -- /bin/true\n")
    let listed = try JSONRecord.all(sandbox.run("list", "allocators", "-f", "json").output)
    let available = listed.filter { $0.text("status") == "available" }.compactMap { $0.text("allocator") }
    let rows = try JSONRecord.all(ending.output).compactMap { $0.text("allocator") }
    #expect(Set(rows) == Set(available).subtracting(["null", "ace-table", "ace-header"]))
  }

  @Test("the program's output is shown once")
  func output() {
    let ending = Sandbox().run("run", "-a", "system", "-n", "3", "-q", "--", "/bin/echo", "said once")
    #expect(ending.status == 0)
    #expect(ending.output.split(separator: "\n").filter { $0 == "said once" }.count == 1)
  }

  @Test("a program that fails is told, and so is the code")
  func failing() {
    let ending = Sandbox().run("run", "-a", "system", "-n", "2", "--", Compiled.program("calls"), "1", "3")
    #expect(ending.status == 70)
    #expect(ending.errors.hasPrefix("warning: \(Compiled.program("calls")) failed in 2 of the runs\n"))
  }

  @Test("options that mean nothing for a program are refused", arguments: ["--output=rows.csv", "--check"])
  func meaningless(option: String) {
    let ending = Sandbox().run("run", "-n", "1", option, "--", "/bin/true")
    #expect(ending.status == 64)
    #expect(ending.errors.contains("drop -o and --check"))
  }

  @Test("a program that is not there is named")
  func missing() {
    let ending = Sandbox().run("run", "-n", "1", "--", "nosuchprogram")
    #expect(ending.status == 69)
    #expect(ending.errors == "error: nosuchprogram: No such file or directory (posix_spawn)\n")
  }

  @Test("a dry run prints the commands and runs nothing")
  func dryRun() {
    let library = Compiled.allocator()
    let ending = Sandbox().run("run", "-a", "system", "-a", "tiny=\(library)", "--dry-run", "--", "/bin/echo", "hello")
    #expect(ending.status == 0)
    #expect(ending.output == "/bin/echo hello\nLD_PRELOAD=\(library) /bin/echo hello\n")
  }
}
