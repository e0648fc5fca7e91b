// SPDX-License-Identifier: MIT

import FoundationEssentials
import Testing

@Suite struct ProfileTests {
  /// The tables of `-f json`, by section.
  private func tables(_ text: String) throws -> [String: [JSONRecord]] {
    try JSONDecoder().decode([String: [JSONRecord]].self, from: Data(text.utf8))
  }

  @Test("a workload has a number or a reason for every counter, and calls, of each allocator")
  func workload() throws {
    let sandbox = Sandbox()
    let ending = sandbox.run(
      "profile", "larson(operations=20000)", "-t", "2", "-a", "system", "-a", "null", "-n", "2", "-f", "json", "--show",
      "counters,syscalls", "-o", "profile")
    #expect(ending.status == 0, "\(ending.errors)")
    let tables = try tables(ending.output)
    let counters = try #require(tables["counters"])
    #expect(Set(counters.compactMap { $0.text("allocator") }) == ["system", "null"])
    for record in counters {
      let hasNumber = record.number("median") != nil
      #expect(hasNumber != (record.text("absence") != nil), "\(record)")
      if hasNumber { #expect(record.number("rounds_count") == 2) }
    }
    let clock = try #require(counters.first { $0.text("counter") == "task-clock" && $0.text("allocator") == "system" })
    #expect(try #require(clock.number("median")) > 0)
    #expect(sandbox.names(in: "profile") == ["counters.csv", "syscalls.csv"])
    let calls = try #require(tables["syscalls"])
    #expect(Set(calls.compactMap { $0.text("allocator") }) == ["system", "null"])
    // What is before and after the replay is left out: no worker starts, or writes, within it.
    #expect(!calls.contains { ["execve", "write", "exit_group"].contains($0.text("call")) })
  }

  @Test("a program runs once with its output, and each table is in the folder", arguments: ["ebpf", "ptrace", "proc"])
  func program(backend: String) throws {
    let sandbox = Sandbox()
    let ending = sandbox.run(
      "profile", "-a", "system", "-n", "2", "--backend", backend, "--show", "counters,syscalls", "-o", "profile", "--",
      "/bin/echo", "said once")
    // Not every user may have every backend.
    if ending.status == 69 {
      #expect(ending.errors.contains("error: system calls cannot be watched"))
      return
    }
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.output.split(separator: "\n").filter { $0 == "said once" }.count == 1)
    #expect(ending.output.contains("by \(backend): "))
    #expect(sandbox.read("profile/counters.csv").contains("system,task-clock,ns,"))
    let name = backend == "proc" ? "all writes" : "mmap"
    #expect(sandbox.read("profile/syscalls.csv").contains("system,\(backend),\(name),"))
  }

  @Test("one table goes to standard output as CSV, two do not")
  func csv() {
    let sandbox = Sandbox()
    let one = sandbox.run(
      "profile", "--show", "counters", "-a", "system", "-n", "1", "-f", "csv", "-q", "--", "/bin/true")
    #expect(one.status == 0)
    #expect(one.output.hasPrefix("allocator,counter,unit,source,"))
    #expect(one.errors == "")
    let both = sandbox.run("profile", "-a", "system", "-f", "csv", "--", "/bin/true")
    #expect(both.status == 64)
    #expect(both.errors.hasPrefix("error: CSV on standard output has room for one table\n"))
  }

  @Test("samples and allocations are written in all forms, with a comparison of the allocators")
  func stacks() throws {
    let sandbox = Sandbox()
    let ending = sandbox.run(
      "profile", "-a", "system", "-a", "ace", "--show", "cpu,allocations", "--stacks", "unwind", "-o", "profile", "--",
      "/bin/sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done")
    if ending.errors.contains("may not be sampled") || ending.errors.contains("takes no samples") { return }
    #expect(ending.status == 0, "\(ending.errors)")
    let names = sandbox.names(in: "profile")
    for name in ["cpu-system", "cpu-ace", "allocations"] {
      #expect(names.contains("\(name).speedscope.json"))
      #expect(names.contains("\(name).pb.gz"))
      #expect(sandbox.read("profile/\(name).csv").hasPrefix("function,module,build_id,origin,is_inlined,"))
      #expect(sandbox.read("profile/\(name).json").hasPrefix("[\n  {\"function\": "))
    }
    for name in ["cpu-system", "cpu-ace", "allocations-bytes", "allocations-count", "allocations-peak"] {
      #expect(names.contains("\(name).svg"))
      #expect(!sandbox.read("profile/\(name).folded").isEmpty)
    }
    #expect(names.contains("cpu-ace-difference.svg"))
    #expect(names.contains("allocations.dhat.json"))
    // The trace is not kept, and nothing is left unfinished.
    #expect(!names.contains { $0.hasSuffix(".raw") || $0.contains("unfinished") })
    #expect(ending.output.contains("Processor time with system ("))
    #expect(ending.output.contains("Allocations (bytes "))
  }

  @Test("a workload has no allocations of a program's to show")
  func noAllocations() {
    let sandbox = Sandbox()
    let ending = sandbox.run(
      "profile", "larson(operations=1000)", "-a", "system", "--show", "allocations", "-o", "profile")
    #expect(ending.status == 0)
    #expect(ending.errors.hasPrefix("warning: a generated workload has no program behind it"))
    #expect(sandbox.names(in: "profile") == [])
  }

  @Test("a program that is not there is named", arguments: ["counters", "syscalls", "cpu", "allocations"])
  func missing(section: String) {
    let ending = Sandbox().run("profile", "--show", section, "-a", "system", "--", "nosuchprogram")
    #expect(ending.status == 69)
    #expect(ending.errors.hasPrefix("error: nosuchprogram: No such file or directory"))
  }

  @Test("a program that fails is told, and so is the code")
  func failing() {
    let ending = Sandbox().run("profile", "--show", "counters", "-a", "system", "-n", "1", "--", "/bin/false")
    #expect(ending.status == 70)
    #expect(ending.errors.contains("warning: system on false: ended with status 1\n"))
  }

  @Test("what makes no sense is refused")
  func refused() {
    let sandbox = Sandbox()
    for arguments in [
      ["profile"], ["profile", "larson", "--", "/bin/true"], ["profile", "larson", "--show", "nothing"],
      ["profile", "larson", "--pass", "time"], ["profile", "larson", "-t", "1,2"], ["profile", "larson", "-n", "0"],
      ["profile", "-a", "null", "--", "/bin/true"], ["profile", "larson", "--backend", "strace"],
    ] {
      let ending = sandbox.start(arguments).wait()
      #expect(ending.status == 64, "\(arguments): \(ending.errors)")
      #expect(ending.output == "")
    }
    #expect(!sandbox.exists("results"))
  }

  @Test("a dry run prints the commands and runs nothing")
  func dryRun() {
    let sandbox = Sandbox()
    let ending = sandbox.run("profile", "-a", "system", "--dry-run", "--", "/bin/echo", "hello")
    #expect(ending.status == 0)
    #expect(ending.output == "/bin/echo hello\n")
    #expect(!sandbox.exists("results"))
  }
}
