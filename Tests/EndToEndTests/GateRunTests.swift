// SPDX-License-Identifier: MIT

import Glibc
import Results
import TestSupport
import Testing

/// Gates that cannot be measured, or only in part, and what they leave behind.
@Suite struct GateRunTests {
  private static let quick = ["-w", "random-mixed:2000,50", "--metric", "throughput", "--no-controls", "--seed", "3"]

  @Test(
    "a head that cannot be measured is an ERROR with its row, and 70",
    arguments: [
      ("CRASHES", [], "head failed on random-mixed:2000,50: crash, signal 11"),
      ("HANGS", ["--timeout", "500ms"], "head failed on random-mixed:2000,50: timeout"),
    ])
  func faulty(library: String, options: [String], words: String) throws {
    let sandbox = Sandbox()
    let gate = ["gate", "--base", "system", "--head", Compiled.allocator(library), "-o", "live"]
    let ending = sandbox.start(gate + Self.quick + options).wait()
    #expect(ending.status == 70, "\(ending)")
    let verdict = try VerdictRecord(sandbox, "live")
    #expect(verdict.verdict == "ERROR" && verdict.exitCode == 70)
    #expect(verdict.reasons.contains { $0.hasPrefix("row ") && $0.hasSuffix(words) }, "\(verdict.reasons)")
    #expect(ending.errors.contains("warning: head on random-mixed, time pass, round 1: "))
    // The round is begun once more, and then no further.
    let samples = try sandbox.samples("live/samples.csv")
    #expect(samples.map(\.attempt) == [1, 1, 2, 2])
    #expect(samples.allSatisfy { ($0.outcome.status == .ok) == ($0.arm.allocator == "base") })
    #expect(sandbox.read("live/junit.xml").contains("errors=\"1\""))
    #expect(sandbox.names(in: "tmp").allSatisfy { !$0.hasPrefix("acebench-") }, "temporary files are left")
    let again = sandbox.run("gate", "--from", "live", "-q", "-o", "again")
    #expect(again.status == 70)
    #expect(sandbox.read("again/verdict.json") == sandbox.read("live/verdict.json"))
  }

  @Test("what cannot be begun is refused before anything is written")
  func refused() throws {
    let sandbox = Sandbox()
    SmallGate.write(to: sandbox)
    SmallGate.write(to: sandbox, "none.json5", cells: "")
    SmallGate.write(
      to: sandbox, "expired.json5",
      cells: "'larson', { workload: 'tiny-hot', ignore: { reason: 'being rewritten', until: '2020-02-29' } }")
    SmallGate.write(
      to: sandbox, "ignored.json5",
      cells: "{ workload: 'tiny-hot', ignore: { reason: 'being rewritten', until: '2999-01-01' } }")
    SmallGate.write(to: sandbox, "unknown.json5", settings: "tolerance: 0.1,")
    SmallGate.write(to: sandbox, "twice.json5", cells: "'tiny-hot', 'tiny-hot:64'")
    sandbox.write("torn.json5", "{ cells: [")
    mkdir(sandbox.path("rows"), 0o755)
    sandbox.write("rows/samples.csv", "")
    sandbox.write("damaged.json", "{}")
    let arms = ["--base", "system", "--head", "system"]
    let before = sandbox.names()
    for (arguments, status, message) in [
      ([], 64, "a gate needs --base and --head"), (["--head", "system"], 64, "a gate needs --base and --head"),
      (["--base", "system"], 64, "a gate needs --base and --head"),
      (["--base", "systm", "--head", "system"], 64, "no allocator is called 'systm'\nhelp: did you mean 'system'?"),
      (
        ["--base", "./old.so", "--head", "system"], 69,
        """
        the library of 'base' was not found
        note: looked for ./old.so
        help: install it, or name its file: base=/path/to/library.so
        """
      ),
      (arms + ["-o", "rows"], 64, "rows already has rows"),
      (arms + ["--baseline", "none.json"], 70, "none.json is missing: there is no baseline to hold the head against"),
      (arms + ["--baseline", "damaged.json"], 70, "damaged.json is not a usable baseline: "),
      (arms + ["--update"], 64, "--update needs the file to add to"),
      (
        arms + ["--baseline", "none.json", "--update", "--inject-slowdown", "0.1"], 64,
        "a head that was slowed down on purpose is no session to compare with"
      ),
      (
        ["--from", "rows", "--base", "system", "--tolerate", "0.1", "--dry-run"], 64,
        """
        --from judges rows that are there, by the settings that lie beside them
        help: leave out --base, --dry-run, --tolerate
        """
      ),
      (arms + ["--config", "none.json5"], 64, "the experiment has not chosen a "),
      (
        arms + ["--config", "expired.json5"], 64,
        "tiny-hot was ignored until 2020-02-29, and the day has passed\nnote: the reason was: being rewritten\n"
      ),
      (arms + ["--config", "ignored.json5"], 64, "the experiment has not chosen a cell that counts"),
      (arms + ["--config", "unknown.json5"], 64, "unknown.json5 is not a gate's file: "),
      (arms + ["--config", "torn.json5"], 64, "torn.json5 is not a gate's file: "),
      (arms + ["--config", "absent.json5"], 64, "absent.json5 is not a gate's file: it cannot be read"),
      (arms + ["--config", "twice.json5"], 64, "the gate has 'tiny-hot:64' twice with the same threads"),
      (arms + ["-w", "tiny-hit"], 64, "no workload is called 'tiny-hit'\nhelp: did you mean 'tiny-hot'?"),
      (arms + ["--metric", "speed"], 64, "metrics does not take 'speed'"),
      (arms + ["--order", "duet"], 64, "order does not take 'duet'\nhelp: it takes random, mirrored"),
      (
        arms + ["--tolerate", "0.05", "--detect", "0.02"], 64,
        "the mean over all cells cannot tolerate 0.05 and detect "
      ),
      (arms + ["--tolerate", "nan"], 64, "the mean over all cells cannot tolerate nan and detect 0.05"),
      (arms + ["--inject-slowdown", "nan"], 64, "--inject-slowdown cannot be nan"),
      (arms + ["-t", "0"], 64, "--threads cannot be 0"), (arms + ["--timeout", "0"], 64, "--timeout cannot be 0s"),
    ] as [([String], Int32, String)] {
      let config = arguments.contains("--config") || arguments.contains("--from") ? [] : ["--config", "gate.json5"]
      let ending = sandbox.start(["gate"] + arguments + config).wait()
      #expect(ending.status == status, "\(arguments): \(ending)")
      #expect(ending.errors.hasPrefix("error: \(message)"), "\(arguments): \(ending.errors)")
      #expect(ending.output == "", "\(arguments)")
    }
    #expect(sandbox.names() == before)
  }

  @Test("Ctrl-C keeps the rows, is told in the verdict, and leaves nothing behind", arguments: [SIGINT, SIGTERM])
  func interrupted(signal: Int32) throws {
    let sandbox = Sandbox()
    // Too many rounds to be finished before it is stopped.
    SmallGate.write(to: sandbox, controls: true, rounds: 500)
    let gate = sandbox.start(
      ["gate", "--base", Compiled.allocator(), "--head", "system", "--config", "gate.json5", "-o", "live"])
    while TextFile.read(sandbox.path("live/samples.csv")).split(separator: "\n").count < 6, gate.isRunning {
      usleep(5_000)
    }
    let workers = gate.children
    gate.send(signal)
    let ending = gate.wait()
    #expect(ending.status == 130, "\(ending)")
    let verdict = try VerdictRecord(sandbox, "live")
    #expect(verdict.verdict == "ERROR" && verdict.exitCode == 130)
    #expect(verdict.reasons.first == "interrupted before every cell had its verdict")
    #expect(ending.output.hasPrefix("ERROR: something could not be measured: interrupted before every cell "))
    #expect(ending.output.contains("acebench-gate verdict=ERROR exit=130 cells=2 "))
    let samples = try sandbox.samples("live/samples.csv")
    #expect(samples.count >= 5 && samples.allSatisfy { $0.outcome == .ok })
    for worker in workers { #expect(kill(worker, 0) != 0 && errno == ESRCH) }
    #expect(sandbox.names(in: "tmp").allSatisfy { !$0.hasPrefix("acebench-") }, "temporary files are left")
    let again = sandbox.run("gate", "--from", "live", "-q")
    #expect(again.status == 70 || again.status == 11, "\(again)")
  }

  @Test("a gate that cannot go on says so in the verdict, and leaves that of another folder alone")
  func abandoned() throws {
    let sandbox = Sandbox()
    SmallGate.write(to: sandbox)
    let gate = SmallGate.same + ["-o", "live", "-q"]
    let ending = sandbox.start(gate, environment: ["TMPDIR": "/nowhere"]).wait()
    #expect(ending.status == 69)
    #expect(ending.errors == "error: /nowhere: No such file or directory (mkdtemp)\n")
    let verdict = try VerdictRecord(sandbox, "live")
    #expect(verdict.verdict == "ERROR" && verdict.exitCode == 69)
    #expect(verdict.reasons == ["/nowhere: No such file or directory (mkdtemp)", "there are no rows"])
    let before = sandbox.read("live/verdict.json")
    #expect(sandbox.start(gate).wait().status == 64)
    #expect(sandbox.read("live/verdict.json") == before)
  }

  @Test("a gate without enough time decides nothing")
  func timeLimit() throws {
    let sandbox = Sandbox()
    SmallGate.write(to: sandbox)
    let ending = sandbox.start(SmallGate.same + SmallGate.slowed + ["--time-limit", "1ms", "-o", "live"]).wait()
    #expect(ending.status == 70 || ending.status == 11, "\(ending)")
    #expect(ending.errors.contains("warning: the time limit is reached; cells without a verdict stay without one\n"))
    #expect(try VerdictRecord(sandbox, "live").exitCode == ending.status)
    let again = sandbox.run("gate", "--from", "live", "-q", "-o", "again")
    #expect(again.status == ending.status)
    #expect(sandbox.read("again/verdict.json") == sandbox.read("live/verdict.json"))
  }

  @Test("--dry-run prints a command for each arm, and writes nothing")
  func dryRun() {
    let sandbox = Sandbox()
    let library = Compiled.allocator()
    let before = sandbox.names()
    let ending = sandbox.run(
      "gate", "--base", "system", "--head", library, "-w", "random-mixed:2000,50", "--metric", "throughput,peak-rss",
      "--inject-slowdown", "0.5", "--dry-run")
    #expect(ending.status == 0)
    #expect(ending.errors == "")
    let lines = ending.output.split(separator: "\n").map(String.init)
    let titles = lines.filter { $0.hasPrefix("# ") }
    #expect(titles.count == 2 && titles[0].hasSuffix(", time pass") && titles[1].hasSuffix(", memory pass"))
    let commands = lines.filter { !$0.hasPrefix("# ") }
    #expect(commands.count == 4 + 2)
    #expect(commands.allSatisfy { $0.contains("acebench-worker ") && $0.contains("--program PROGRAM") })
    let copy = "base-copy, whose library is copied anew for each gate"
    let roles = ["base", "head", copy, "base-slowed", "base", "head"]
    #expect(zip(commands, roles).allSatisfy { $0.hasSuffix("  # \($1)") })
    let slowed = commands.filter { $0.contains("--slowdown 0.5") }
    #expect(slowed.count == 2 && slowed.allSatisfy { $0.contains(library) })
    #expect(commands.count { $0.contains("--slowdown 0.1") } == 1)
    #expect(sandbox.names() == before)
    #expect(sandbox.names(in: "tmp").allSatisfy { !$0.hasPrefix("acebench-") })
  }

  @Test("a mirrored gate runs each arm twice a round, in both orders")
  func mirrored() throws {
    let sandbox = Sandbox()
    SmallGate.write(to: sandbox, cells: "'random-mixed:2000,50'")
    let ending = sandbox.start(SmallGate.same + ["--order", "mirrored", "-o", "live"]).wait()
    #expect([0, 11, 12].contains(ending.status), "\(ending)")
    let rounds = Dictionary(grouping: try sandbox.samples("live/samples.csv"), by: \.round)
    #expect(rounds.count >= SmallGate.screenCount)
    for (_, samples) in rounds {
      let arms = samples.sorted { $0.orderInRound < $1.orderInRound }.map(\.arm.allocator)
      #expect(arms == ["base", "head", "head", "base"] || arms == ["head", "base", "base", "head"])
    }
    #expect(sandbox.run("gate", "--from", "live", "-q").status == ending.status)
  }

  @Test("an ignored cell is measured and shown, and does not count")
  func ignored() throws {
    let sandbox = Sandbox()
    SmallGate.write(
      to: sandbox,
      cells: """
        'random-mixed:20000,50',
        { workload: 'tiny-hot:64,100,200', ignore: { reason: 'being rewritten', until: '2999-12-31' } }
        """)
    let ending = sandbox.start(SmallGate.same + SmallGate.slowed + ["-o", "live", "-q"]).wait()
    #expect(ending.status == 10)
    let verdict = try VerdictRecord(sandbox, "live")
    let findings = verdict.findings.filter { $0.metric == "throughput" }
    #expect(findings.map(\.verdict) == ["REGRESS", "IGNORED"])
    #expect(findings.last?.ignoreReason == "being rewritten")
    // No cell, and so no mean, of those that do not count; the second stage leaves it alone.
    #expect(verdict.suites.isEmpty)
    #expect(findings.last?.stage == 1 && findings.last?.roundCount == SmallGate.screenCount)
    #expect(ending.output.contains("IGNORED"))
    #expect(ending.output.contains("being rewritten"))
    #expect(sandbox.read("live/junit.xml").contains("<skipped message=\"being rewritten\""))
  }
}
