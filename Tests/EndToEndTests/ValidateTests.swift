// SPDX-License-Identifier: MIT

import Glibc
import TestSupport
import Testing

@Suite struct ValidateTests {
  private static let calls = Compiled.program("calls")

  /// A trace of `calls COUNT`.
  private func record(_ sandbox: Sandbox, _ name: String, count: Int) {
    let ending = sandbox.run("record", "-q", "-o", name, "--", Self.calls, "\(count)")
    #expect(ending.status == 0, "\(ending.errors)")
  }

  @Test("a trace's own command is run beside its replay, and all figures are kept")
  func own() throws {
    let sandbox = Sandbox()
    record(sandbox, "a.acetrace", count: 3_000_000)
    let ending = sandbox.run(
      "replay", "--validate", "a.acetrace", "-a", "system", "-a", "tiny=\(Compiled.allocator())", "-n", "2",
      "--touch", "none", "-f", "json", "-o", "fidelity.csv")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.errors == "")
    let records = try JSONRecord.all(ending.output)
    #expect(records.map { $0.text("quantity") } == ["time", "memory"])
    for record in records {
      #expect(record.text("trace") == "a")
      #expect(record.text("base") == "system")
      #expect(record.text("allocator") == "tiny")
      #expect(record.number("rounds") == 2)
      // Exactly what was recorded is done again.
      #expect(record.number("operations_count") == 6_000_005)
      #expect(record.number("operations_now_count") == 6_000_005)
      #expect(record.number("program_ratio") ?? 0 > 0)
      #expect(record.number("replay_ratio") ?? 0 > 0)
      // Two rounds have no interval.
      #expect(record.number("program_low") == nil)
    }
    let lines = sandbox.read("fidelity.csv").split(separator: "\n")
    try #require(lines.count == 3)
    #expect(lines[0].hasPrefix("trace,base,allocator,quantity,rounds,"))
    #expect(sandbox.names(in: "tmp").allSatisfy { $0.hasPrefix("output.") || $0.hasPrefix("errors.") })
  }

  @Test("another command takes the place of the trace's, and one that does something else is told")
  func other() {
    let sandbox = Sandbox()
    record(sandbox, "a.acetrace", count: 1000)
    let tables = sandbox.run(
      "replay", "--validate", "a.acetrace", "-a", "system", "-a", "tiny=\(Compiled.allocator())", "-n", "1", "--",
      Self.calls, "2000")
    #expect(tables.status == 0, "\(tables.errors)")
    #expect(tables.output.contains("CPU time, program"))
    #expect(
      tables.output.hasSuffix(
        "\na: the program makes 4005 operations now and 2005 in the trace: it is not the program that was recorded\n"))
  }

  @Test("a program that is not here, or does not find what it reads, is left out and the others are not")
  func leftOut() {
    let sandbox = Sandbox()
    record(sandbox, "a.acetrace", count: 1000)
    let lua = "\(Sandbox.sources)/workloads/traces/lua.acetrace"
    let ending = sandbox.run(
      "replay", "--validate", lua, "a.acetrace", "-a", "system", "-a", "tiny=\(Compiled.allocator())", "-n", "1", "-f",
      "csv")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.errors.hasPrefix("warning: lua is left out: "))
    #expect(ending.output.split(separator: "\n").count == 3)
    let none = sandbox.run("replay", "--validate", "a.acetrace", "-n", "1", "--", "nosuchprogram")
    #expect(none.status == 69)
    #expect(
      none.errors.hasPrefix(
        "warning: a is left out: nosuchprogram cannot be started: No such file or directory\n"
          + "error: no program of a trace runs here\n"))
    let failing = sandbox.run("replay", "--validate", "a.acetrace", "-n", "1", "--", Self.calls, "10", "3")
    #expect(failing.status == 69)
    #expect(
      failing.errors.contains("'\(Self.calls) 10 3' ended with status 3; what it reads has to be in this folder\n"))
  }

  @Test("an allocator that the program does not run with is left out of its trace")
  func crashing() throws {
    let sandbox = Sandbox()
    record(sandbox, "a.acetrace", count: 1000)
    let ending = sandbox.run(
      "replay", "--validate", "a.acetrace", "-a", "system", "-a", "bad=\(Compiled.allocator("CRASHES"))", "-a",
      "tiny=\(Compiled.allocator())", "-n", "1", "-f", "json")
    #expect(ending.status == 0, "\(ending.errors)")
    #expect(ending.errors == "warning: a: with bad, '\(Self.calls) 1000' ended with status 139\n")
    #expect(try JSONRecord.all(ending.output).map { $0.text("allocator") } == ["tiny", "tiny"])
  }

  @Test("a program that nothing can be preloaded into is told")
  func linkedStatically() {
    let sandbox = Sandbox()
    record(sandbox, "a.acetrace", count: 1000)
    let ending = sandbox.run(
      "replay", "--validate", "a.acetrace", "-a", "system", "-a", "tiny=\(Compiled.allocator())", "-n", "1", "--",
      Compiled.program("calls", "-static"), "20000000")
    #expect(ending.status == 69)
    #expect(ending.errors.contains("it is linked statically, or set-user-ID\n"))
  }

  @Test("a dry run prints the commands and runs nothing")
  func dryRun() throws {
    let library = Compiled.allocator()
    let sandbox = Sandbox()
    record(sandbox, "a.acetrace", count: 10)
    let ending = sandbox.run(
      "replay", "--validate", "a.acetrace", "-a", "system", "-a", "tiny=\(library)", "--dry-run")
    #expect(ending.status == 0)
    let lines = ending.output.split(separator: "\n")
    try #require(lines.count == 3, "\(ending.errors)")
    #expect(lines[0] == "# a")
    #expect(lines[1].hasPrefix("LD_PRELOAD=/") && lines[1].hasSuffix("libc.so.6 \(Self.calls) 10"))
    #expect(lines[2] == "LD_PRELOAD=\(library) \(Self.calls) 10")
  }

  @Test(
    "what makes no sense is refused",
    arguments: [
      (["--validate", "--check"], "has no use for --check"), (["--validate", "--stats"], "has no use for --stats"),
      (["--validate", "--pass", "time"], "has no use for --pass"),
      (["--validate", "-o", "rows"], "whose name ends in .csv"),
      (["b.acetrace", "--validate", "--", "true"], "name that one alone"), (["--", "true"], "is for --validate"),
      (["--validate", "-a", "system", "-a", "null"], "holds allocators against one another, and has 1"),
    ])
  func refused(options: [String], words: String) {
    let sandbox = Sandbox()
    record(sandbox, "a.acetrace", count: 10)
    let ending = sandbox.start(["replay", "a.acetrace"] + options).wait()
    #expect(ending.status == 64)
    #expect(ending.errors.contains(words), "\(ending.errors)")
  }
}
