// SPDX-License-Identifier: MIT

import Glibc
import Results
import TestSupport
import Testing

@Suite struct TuneTests {
  /// An allocator with one knob, without which it is slower by more than any noise; another value of it crashes.
  private static let tunable = "ace=\(Compiled.allocator("TUNABLE"))"
  // One round is no match for a busy machine: who is unlucky in it is out.
  private static let small = ["random-mixed:2000,50", "--candidates", "8", "-n", "3", "--seed", "5"]

  private func tune(_ sandbox: Sandbox, _ arguments: [String] = []) -> Ending {
    sandbox.start(["tune"] + Self.small + ["-a", Self.tunable, "-o", "rows"] + arguments).wait()
  }

  @Test("it finds the setting that helps, leaves out the one that crashes, and writes what ACE then loads")
  func found() throws {
    let sandbox = Sandbox()
    let ending = tune(sandbox, ["--goal", "time"])
    #expect(ending.status == 0, "\(ending)")
    let lines = ending.output.split(separator: "\n").map(String.init)
    let line = try #require(lines.first { $0.hasPrefix("best: ") }, "\(ending)")
    #expect(line.contains("purge-delay-ms 0"))
    #expect(lines.last?.hasPrefix("on fresh rounds, against the defaults: 0.") == true, "\(ending)")
    #expect(ending.errors.contains("killed by signal 11 (Segmentation fault)\n"), "\(ending)")
    #expect(ending.errors.contains("warning: left out of the search: purge-delay-ms=2000\n"), "\(ending)")
    let next = "next: ACE_CONF=\(sandbox.path("ace.conf")) LD_PRELOAD=\(Compiled.allocator("TUNABLE")) PROGRAM\n"
    #expect(ending.errors.hasSuffix("note: settings are in ace.conf, rows in rows; \(next)"), "\(ending)")

    let conf = sandbox.read("ace.conf")
    #expect(conf.hasPrefix("ace-conf 1\n# Written by acebench tune."))
    #expect(conf.contains("\npurge-delay-ms = 0\n"), "\(conf)")
    for comment in ["# workload: random-mixed (operations=2000;", "# goal: time\n", ", seed 5\n"] {
      #expect(conf.contains(comment), "\(conf)")
    }
    // The one library finds, the other obeys: a file is read by whoever is told to.
    let program = Compiled.program("settings")
    let loaded = Self.preloaded("ACE_CONF=\(sandbox.path("ace.conf"))", program, "purge-delay-ms")
    #expect(loaded.output == "purge-delay-ms 0\n")
    #expect(Self.preloaded("ACE_STATS=0", program, "purge-delay-ms").output != loaded.output)

    // A round is whole but for who crashed in it, and the defaults were in every one.
    let samples = try sandbox.samples("rows/samples.csv")
    for round in Set(samples.map(\.round)) {
      for pass in [Pass.time, .memory] {
        #expect(samples.contains { $0.round == round && $0.pass == pass && $0.arm.switches == "" }, "\(round) \(pass)")
      }
    }
    let crashed = samples.filter { $0.outcome.status != .ok }.map(\.arm.switches)
    #expect(crashed.contains("purge-delay-ms=2000"))
    #expect(crashed.allSatisfy { $0.contains("purge-delay-ms=2000") } && Set(crashed).count == crashed.count)

    // What it wrote before it may write again.
    let again = sandbox.start(
      ["tune"] + Self.small + ["-a", Self.tunable, "-o", "again", "-f", "json", "-q"]
    ).wait()
    #expect(again.status == 0, "\(again)")
    let records = try JSONRecord.all(again.output)
    let best = try #require(records.last)
    #expect(best.text("role") == "better" && best.text("switches")?.contains("purge-delay-ms=0") == true)
    #expect((best.number("time_ratio_high") ?? 9) < 1)
    #expect(records.dropLast().allSatisfy { $0.text("role") == "frontier" })
  }

  /// Runs a program under ACE itself.
  private static func preloaded(_ assignment: String, _ program: String, _ argument: String) -> (
    output: String, status: Int32
  ) {
    Compiled.shell(
      "env -u ACE_POLICY '\(assignment)' LD_PRELOAD='\(Products.path("libace.so"))' '\(program)' \(argument)")
  }

  @Test("a file of another version is told in one line, and the defaults hold")
  func otherVersion() {
    let sandbox = Sandbox()
    let program = Compiled.program("settings")
    let defaults = Self.preloaded("ACE_STATS=0", program, "purge-delay-ms").output
    let path = sandbox.write("other.conf", "ace-conf 2\npurge-delay-ms = 7\n")
    let ending = Self.preloaded("ACE_CONF=\(path)", program, "purge-delay-ms")
    let lines = ending.output.split(separator: "\n").map(String.init)
    #expect(lines.count == 2)
    #expect(lines.contains { $0.hasPrefix("ace: ACE_CONF: \(path) is not of this version") }, "\(lines)")
    #expect(lines.contains { $0 + "\n" == defaults }, "\(lines)")
  }

  @Test("where nothing can be better it says so, writes nothing, and leaves what was there")
  func nothing() {
    let sandbox = Sandbox()
    // Every setting harms.
    let same = sandbox.start(
      ["tune", "random-mixed:2000,50", "-a", "ace=\(Compiled.allocator("HARMED"))", "--candidates", "8", "-n", "1"]
        + ["--goal", "time", "-o", "rows"]
    ).wait()
    #expect(same.status == 0, "\(same)")
    #expect(same.output.contains("\nnothing beat the defaults\n"), "\(same)")
    #expect(same.errors.hasSuffix("note: ace.conf is not written; rows are in rows\n"), "\(same)")
    #expect(!sandbox.exists("ace.conf"))
  }

  @Test("defaults that do not run end it, and so do candidates that all fail")
  func failing() {
    let sandbox = Sandbox()
    let crash = sandbox.start(
      ["tune"] + Self.small + ["-a", "ace=\(Compiled.allocator("BROKEN"))", "-o", "rows"]
    ).wait()
    #expect(crash.status == 70, "\(crash)")
    #expect(
      crash.errors.hasSuffix(
        "error: the defaults could not be measured: there is nothing to compare with\nnote: rows are in rows\n"),
      "\(crash)")
    let alone = sandbox.start(
      ["tune"] + Self.small + ["-a", "ace=\(Compiled.allocator("FRAGILE"))", "-o", "alone"]
    ).wait()
    #expect(alone.status == 70, "\(alone)")
    #expect(
      alone.errors.hasSuffix(
        "error: no candidate but the defaults could be measured\nnote: rows are in alone\n"), "\(alone)")
    #expect(alone.errors.split(separator: "\n").count { $0.contains("left out of the search") } >= 5)
    #expect(!sandbox.exists("ace.conf"))
  }

  @Test("what cannot be done is told before anything is measured")
  func refused() {
    let sandbox = Sandbox()
    sandbox.write("mine.conf", "ace-conf 1\npurge-delay-ms = 7\n")
    sandbox.write("empty.txt", "")
    mkdir(sandbox.path("tmp/rows"), 0o755)
    sandbox.write("tmp/rows/samples.csv", "")
    let library = ["-a", Self.tunable]
    for (arguments, status, message) in [
      (["missing.acetrace"], 69, "missing.acetrace: No such file or directory (open)\n"),
      (["empty.txt"], 64, "empty.txt is in no trace format that acebench reads\n"),
      (["tiny-hit"], 64, "no workload is called 'tiny-hit'\n"),
      (["tiny-hot", "-a", "ace=/nowhere/lib.so"], 69, "the library of 'ace' was not found\n"),
      (["tiny-hot", "-a", "system"], 64, "'system' has no settings of ACE\n"),
      (["tiny-hot", "-a", "ace=\(Compiled.allocator("TELLS"))"], 69, "\(Compiled.allocator("TELLS")) does not tell"),
      (["tiny-hot", "--candidates", "3"], 64, "--candidates cannot be 3\nhelp: it is at least 4\n"),
      (["tiny-hot", "-n", "0"], 64, "--rounds cannot be 0\nhelp: it is at least 1\n"),
      (["tiny-hot", "--touch", "some"], 64, "touch does not take 'some'\n"),
      (
        ["tiny-hot", "--conf", "mine.conf"] + library, 64,
        "mine.conf is there, and 'acebench tune' did not write it\nhelp: name another file with --conf, or give --force"
      ),
      (["tiny-hot", "--conf", "tmp"] + library, 70, "tmp: Is a directory (open)\n"),
      (
        ["tiny-hot", "--conf", "nowhere/ace.conf"] + library, 69, "nowhere/ace.conf: No such file or directory (open)\n"
      ),
      (["tiny-hot", "-o", "tmp/rows"] + library, 64, "tmp/rows already has rows\n"),
    ] as [([String], Int32, String)] {
      let ending = sandbox.start(["tune"] + arguments).wait()
      #expect(ending.status == status, "\(arguments): \(ending)")
      #expect(ending.errors.hasPrefix("error: \(message)"), "\(arguments): \(ending.errors)")
      #expect(ending.output == "", "\(arguments)")
    }
    #expect(!sandbox.exists("results"))
    #expect(sandbox.read("mine.conf") == "ace-conf 1\npurge-delay-ms = 7\n")
    #expect(!sandbox.names().contains { $0.contains("unfinished") })
  }

  @Test("--force replaces whatever is there")
  func forced() {
    let sandbox = Sandbox()
    sandbox.write("ace.conf", "somebody else's\n")
    let ending = tune(sandbox, ["--force", "--goal", "time", "-q"])
    #expect(ending.status == 0, "\(ending)")
    #expect(sandbox.read("ace.conf").contains("\npurge-delay-ms = 0\n"))
  }

  @Test(
    "Ctrl-C keeps the rows, prints what is known, writes no settings, and ends with 130", arguments: [SIGINT, SIGTERM])
  func interrupted(signal: Int32) {
    let sandbox = Sandbox()
    let run = sandbox.start(
      ["tune", "random-mixed:2000,50", "-a", Self.tunable, "--candidates", "8", "-n", "1000", "--time-limit", "0"]
        + ["-o", "rows", "-q"])
    while TextFile.read(sandbox.path("rows/samples.csv")).split(separator: "\n").count < 30, run.isRunning {
      usleep(5_000)
    }
    run.send(signal)
    let ending = run.wait()
    #expect(ending.status == 130, "\(ending)")
    #expect(
      ending.errors.hasSuffix("warning: interrupted; rows are kept in rows, no settings are written\n"), "\(ending)")
    #expect(ending.output.hasPrefix("settings "), "\(ending)")
    #expect(!sandbox.exists("ace.conf"))
    #expect(sandbox.names(in: "tmp").allSatisfy { !$0.hasPrefix("acebench-") }, "temporary files are left")
  }

  @Test("a time limit ends it with what was found, or with nothing decided")
  func limited() {
    let sandbox = Sandbox()
    let ending = tune(sandbox, ["--time-limit", "1ms"])
    #expect(ending.status == 11, "\(ending)")
    #expect(ending.output.contains("\nundecided: "), "\(ending)")
    #expect(ending.errors.contains("warning: the time limit cut the search short"), "\(ending)")
    #expect(!sandbox.exists("ace.conf"))
  }

  @Test("--dry-run shows the workers of both passes")
  func dryRun() {
    let sandbox = Sandbox()
    let ending = tune(sandbox, ["--dry-run"])
    #expect(ending.status == 0)
    let lines = ending.output.split(separator: "\n")
    #expect(lines.count == 2 && lines[0].contains("--pass time") && lines[1].contains("--pass memory"))
    #expect(!sandbox.exists("rows"))
  }
}
