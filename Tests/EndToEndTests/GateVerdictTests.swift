// SPDX-License-Identifier: MIT

import FoundationEssentials
import Glibc
import Results
import TestSupport
import Testing

/// What a gate says and ends with, by the program itself.
@Suite struct GateVerdictTests {
  /// Variables of a job that must not reach the tests from the job that runs them.
  private static let noJob = ["GITHUB_ACTIONS": "", "GITHUB_STEP_SUMMARY": ""]

  /// The processes that a gate of the small file runs when nothing passes: two cells, two arms.
  private static let slowRowCount = 2 * 2 * (SmallGate.screenCount + SmallGate.confirmCount)

  private func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

  @Test("a head that takes ten times as long is REGRESS and 10, in all that is written")
  func regress() throws {
    let sandbox = Sandbox()
    SmallGate.write(to: sandbox)
    let gate = SmallGate.same + SmallGate.slowed + ["-o", "live"]
    let ending = sandbox.start(gate, environment: Self.noJob).wait()
    #expect(ending.status == 10, "\(ending)")
    let summary = "acebench-gate verdict=REGRESS exit=10 cells=2 regress=3 inconclusive=0"
    #expect(lines(ending.output).last == summary)
    #expect(lines(ending.output).first == "REGRESS: 2 of 2 cells and the mean of all lost more than 2 % of throughput")
    #expect(!ending.output.contains("::"))
    #expect(
      ending.errors
        == "note: rows and reports are in live; next: acebench gate --from live -v shows every cell\n")
    #expect(
      sandbox.names(in: "live") == [
        "bigger-is-better.json", "env.jsonl", "gate.json", "gate.md", "junit.xml", "samples.csv",
        "smaller-is-better.json", "verdict.json",
      ])
    #expect(sandbox.names(in: "tmp").allSatisfy { !$0.hasPrefix("acebench-") }, "temporary files are left")

    let verdict = try VerdictRecord(sandbox, "live")
    #expect(verdict.schemaVersion == 1 && verdict.verdict == "REGRESS" && verdict.exitCode == 10)
    #expect(verdict.summary == summary)
    #expect(verdict.reasons == [])
    #expect(verdict.warnings.contains("the head was slowed down on purpose, by 9.0 of its time"))
    let judged = verdict.findings.filter { $0.metric == "throughput" } + verdict.suites
    #expect(judged.map(\.title) == SmallGate.workloads + ["mean of 2 cells"])
    for finding in judged {
      #expect(finding.verdict == "REGRESS" && finding.stage == 2 && finding.roundCount == SmallGate.confirmCount)
      #expect((finding.ratio ?? 1) < 0.5)
      #expect((finding.adjustedProbability ?? 1) <= 0.05)
    }

    let samples = try sandbox.samples("live/samples.csv")
    #expect(samples.count == Self.slowRowCount)
    #expect(Set(samples.map(\.arm.allocator)) == ["base", "head"])
    #expect(samples.count { $0.stage == 1 } == 4 * SmallGate.screenCount)

    let junit = sandbox.read("live/junit.xml")
    #expect(junit.contains("<testsuites name=\"acebench gate\" tests=\"3\" failures=\"3\" errors=\"0\" skipped=\"0\">"))
    #expect(junit.contains("<failure type=\"regression\""))
    let page = sandbox.read("live/gate.md")
    #expect(page.hasPrefix("<!-- acebench-gate -->\n### REGRESS: "))
    #expect(
      page.contains("acebench gate --base system --head system --seed 7 --config gate.json5 --inject-slowdown 9.0"))
    let figures = try JSONRecord.all(sandbox.read("live/bigger-is-better.json"))
    #expect(figures.first?.text("name") == SmallGate.workloads[0] + ": throughput")
    #expect(figures.allSatisfy { ($0.number("value") ?? 0) > 0 })
    #expect(try JSONRecord.all(sandbox.read("live/smaller-is-better.json")).isEmpty)
  }

  @Test("the same rows are judged to the same bytes, from anywhere, and with the same exit code")
  func from() throws {
    let sandbox = Sandbox()
    #expect(SmallGate.regressed(sandbox).status == 10)
    let verdict = sandbox.read("live/verdict.json")
    let inFolder = sandbox.run("gate", "--from", "live", "-o", "again")
    let byRows = sandbox.run("gate", "--from", "live/samples.csv", "-o", "rows")
    mkdir(sandbox.path("elsewhere"), 0o755)
    let elsewhere = Compiled.shell(
      "cd '\(sandbox.path("elsewhere"))' && '\(Sandbox.program)' gate --from ../live -o ../far -q")
    #expect([inFolder.status, byRows.status, elsewhere.status] == [10, 10, 10])
    for name in ["again", "rows", "far"] {
      #expect(sandbox.read(name + "/verdict.json") == verdict, "\(name)")
      #expect(sandbox.read(name + "/junit.xml") == sandbox.read("live/junit.xml"), "\(name)")
      #expect(!sandbox.exists(name + "/samples.csv"))
    }
    #expect(byRows.output == inFolder.output)
    #expect(
      inFolder.errors == "note: reports are in again; next: acebench gate --from live -v shows every cell\n")
    let every = sandbox.run("gate", "--from", "live", "-v")
    #expect(every.status == 10 && every.errors == "")
    #expect(every.output.contains("\nMeasured beside\n") && every.output.contains("\n  processes: 72\n"))
    let short = sandbox.run("gate", "--from", "live")
    #expect(short.errors == "note: next: acebench gate --from live -v shows every cell\n")
    // Nothing is written unless it is asked for.
    let before = sandbox.names()
    let silent = sandbox.run("gate", "--from", "live", "-q")
    #expect(silent.status == 10 && silent.errors == "" && silent.output == inFolder.output)
    #expect(sandbox.names() == before)

    mkdir(sandbox.path("alone"), 0o755)
    sandbox.write("alone/samples.csv", sandbox.read("live/samples.csv"))
    let alone = sandbox.run("gate", "--from", "alone", "-q")
    #expect(alone.status == 10)
    #expect(alone.output.contains("gate.json is not beside the rows: they are judged by throughput and peak memory"))
  }

  @Test("without settings beside them, rows of both passes are judged by the usual margins")
  func alone() throws {
    let sandbox = Sandbox()
    SmallGate.write(to: sandbox, cells: "'random-mixed:2000,50'", rounds: 10)
    let live = SmallGate.same + ["--metric", "throughput,peak-rss", "-o", "live", "-q"]
    #expect([0, 11, 12].contains(sandbox.start(live).wait().status))
    try SmallGate.rewrite("alone", in: sandbox) { sample, _ in
      sample.metrics[sample.pass == .time ? .residentPeak : .throughput] = nil
      if sample.pass == .memory { sample.metrics[.residentPeak] = .count(1 << 20) }
    }
    unlink(sandbox.path("alone/gate.json"))
    let ending = sandbox.run("gate", "--from", "alone", "-q", "-o", "alone")
    #expect(ending.status == 0, "\(ending)")
    let verdict = try VerdictRecord(sandbox, "alone")
    #expect(verdict.findings.filter { $0.verdict == "PASS" }.map(\.metric) == ["throughput", "peak-rss"])
    #expect(verdict.warnings.count == 1 && verdict.warnings[0].hasPrefix("gate.json is not beside the rows: "))
  }

  @Test("a job's page is added to, and annotations are for its log alone")
  func job() throws {
    let sandbox = Sandbox()
    #expect(SmallGate.regressed(sandbox).status == 10)
    try SmallGate.rewrite("same", in: sandbox)
    sandbox.write("page.md", "what was there before\n")
    let job = ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": sandbox.path("page.md")]
    let ending = sandbox.run("gate", "--from", "live", "-q", environment: job)
    #expect(ending.status == 10)
    let annotations = lines(ending.output).filter { $0.hasPrefix("::") }
    #expect(annotations.count == 3)
    #expect(annotations.allSatisfy { $0.hasPrefix("::error title=REGRESS ") })
    #expect(lines(ending.output).last?.hasPrefix("acebench-gate verdict=REGRESS exit=10 ") == true)
    let page = sandbox.read("page.md")
    #expect(page.hasPrefix("what was there before\n### REGRESS: "))
    #expect(sandbox.run("gate", "--from", "same", "-q", environment: job).output.contains("\n::") == false)
    #expect(sandbox.read("page.md").hasPrefix(page))
    #expect(sandbox.read("page.md").dropFirst(page.count).hasPrefix("### PASS: "))
    // One document stays one: what GitHub is to see goes to the other stream.
    let document = sandbox.run("gate", "--from", "live", "-q", "-f", "json", environment: job)
    #expect(document.status == 10)
    #expect(document.output == sandbox.read("live/verdict.json"))
    #expect(lines(document.errors).filter { $0.hasPrefix("::error ") }.count == 3)
    let unwritable = sandbox.run(
      "gate", "--from", "live", "-q", environment: ["GITHUB_STEP_SUMMARY": "/nowhere/page.md"])
    #expect(unwritable.status == 10)
    #expect(
      unwritable.errors == "warning: /nowhere/page.md (GITHUB_STEP_SUMMARY): No such file or directory\n")
  }

  @Test("less can be made of a verdict, and it is said")
  func lenient() throws {
    let sandbox = Sandbox()
    #expect(SmallGate.regressed(sandbox).status == 10)
    let advisory = sandbox.run("gate", "--from", "live", "-q", "--advisory", "-o", "advisory")
    #expect(advisory.status == 0)
    #expect(advisory.errors == "warning: the verdict is REGRESS, and does not count as a failure here\n")
    #expect(lines(advisory.output).last == "acebench-gate verdict=REGRESS exit=0 cells=2 regress=3 inconclusive=0")
    #expect(try VerdictRecord(sandbox, "advisory").exitCode == 0)
    let warned = sandbox.run("gate", "--from", "live", "-q", "--on-inconclusive", "warn")
    #expect(warned.status == 10, "a loss is none that nobody is sure of")

    // Rounds that differ by as much as they please say nothing.
    try SmallGate.rewrite("noise", in: sandbox) { sample, row in
      sample.metrics[.throughput] = .real(row.isMultiple(of: 2) ? 1e6 : 2e6 + Double(row * 7919 % 1000) * 1e4)
    }
    let failing = sandbox.run("gate", "--from", "noise", "-q", "-o", "failing")
    #expect(failing.status == 11, "\(failing)")
    #expect(sandbox.read("failing/junit.xml").contains("<failure type=\"inconclusive\""))
    let inconclusive = sandbox.run("gate", "--from", "noise", "-q", "--on-inconclusive", "warn", "-o", "warned")
    #expect(inconclusive.status == 0)
    #expect(inconclusive.errors == "warning: the verdict is INCONCLUSIVE, and does not count as a failure here\n")
    #expect(inconclusive.output.contains("verdict=INCONCLUSIVE exit=0 "))
    #expect(sandbox.read("warned/junit.xml").contains("<skipped message=\"inconclusive; "))

    // What could not be measured is not made less of.
    sandbox.write("live/samples.csv", lines(sandbox.read("live/samples.csv"))[0] + "\n")
    let empty = sandbox.run("gate", "--from", "live", "-q", "--advisory", "--on-inconclusive", "warn")
    #expect(empty.status == 70)
  }

  @Test("a reader that goes away changes nothing about the exit code, and a full disk is an error")
  func output() {
    let sandbox = Sandbox()
    #expect(SmallGate.regressed(sandbox).status == 10)
    for format in ["text", "json", "csv", "markdown"] {
      _ = Compiled.shell(
        "cd '\(sandbox.folder)'; "
          + "{ '\(Sandbox.program)' gate --from live -f \(format) 2> errors; echo $? > code; } | true")
      #expect(sandbox.read("code") == "10\n", "\(format)")
    }
    let full = sandbox.run("gate", "--from", "live", outputPath: "/dev/full")
    #expect(full.status == 70)
    #expect(full.errors == "error: standard output: No space left on device (write)\n")
    let unwritable = sandbox.run("gate", "--from", "live", "-o", "live/samples.csv/reports")
    #expect(unwritable.status == 70)
    #expect(unwritable.errors == "error: live/samples.csv/reports: Not a directory (mkdir)\n")
  }

  @Test("an allocator against itself never fails for a loss, whatever the machine does")
  func same() throws {
    let sandbox = Sandbox()
    SmallGate.write(to: sandbox, controls: true)
    let ending = sandbox.start(SmallGate.same + ["-o", "live"]).wait()
    #expect([0, 11, 12].contains(ending.status), "\(ending)")
    #expect(ending.errors.hasPrefix("warning: both libraries are the same file: only the noise can be seen\n"))
    #expect(try VerdictRecord(sandbox, "live").exitCode == ending.status)
    // The controls run in the first cell, and in the first stage only.
    let samples = try sandbox.samples("live/samples.csv")
    let controls = samples.filter { ["base-copy", "base-slowed"].contains($0.arm.allocator) }
    #expect(controls.count == 2 * SmallGate.screenCount)
    #expect(Set(controls.map(\.cell.identifier)).count == 1)
    #expect(controls.allSatisfy { $0.stage == 1 })
    let again = sandbox.run("gate", "--from", "live", "-q", "-f", "json")
    #expect(again.status == ending.status)
    #expect(again.output == sandbox.read("live/verdict.json"))
  }
}
