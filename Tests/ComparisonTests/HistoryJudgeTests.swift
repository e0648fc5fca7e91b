// SPDX-License-Identifier: MIT

import Comparison
import Glibc
import Testing

@Suite("A session beside stored ones")
struct HistoryJudgeTests {
  /// What the head of the worked example was better by in five sessions.
  private static let earlier = [0.182, 0.190, 0.176, 0.185, 0.187]

  private static let both: [GateMetric: Margins] = [.throughput: Margins(), .peakRSS: Margins()]

  private func cell(_ identifier: String, _ metrics: [GateMetric: Margins] = both, ignore: GateIgnore? = nil)
    -> GateCell
  {
    GateCell(identifier: identifier, title: identifier, metrics: metrics, ignore: ignore)
  }

  private func settings(_ cells: GateCell...) -> GateSettings { GateSettings(cells: cells) }

  /// Rows of a session in which the head is better by the same in all cells and metrics.
  private func rows(_ change: Double, _ settings: GateSettings) -> HistoryRows {
    var rows = HistoryRows()
    for cell in settings.cells {
      rows.changes[cell.identifier] = [.throughput: change, .peakRSS: change, .cpuThroughput: change]
    }
    return rows
  }

  /// A history of such sessions, each as it would have been stored.
  private func history(
    _ settings: GateSettings, _ changes: [Double] = earlier, change: (inout HistoryRows, Int) -> Void = { _, _ in }
  ) throws -> GateHistory {
    var history = GateHistory()
    for (index, difference) in changes.enumerated() {
      var rows = rows(difference, settings)
      rows.session = "session \(index)"
      rows.began = "2026-02-0\(index + 1)T10:00:00Z"
      rows.referenceChange = [.throughput: 0.01 * Double(index % 3), .peakRSS: 0.01 * Double(index % 2)]
      change(&rows, index)
      let judge = HistoryJudge(
        settings, rows.evidence(settings), history: history, identity: rows.identity(), isRecording: true)
      try history.append(try judge.session())
    }
    return history
  }

  private func report(_ rows: HistoryRows, _ settings: GateSettings, _ history: GateHistory, isRecording: Bool = false)
    -> GateReport
  {
    HistoryJudge(
      settings, rows.evidence(settings), history: history, identity: rows.identity(), isRecording: isRecording
    ).report()
  }

  @Test("has the worked example's verdict in every metric", arguments: [(0.150, GateVerdict.regress), (0.168, .pass)])
  func workedExample(change: Double, verdict: GateVerdict) throws {
    let settings = settings(cell("tiny"))
    let report = report(rows(change, settings), settings, try history(settings))
    #expect(report.verdict == verdict)
    #expect(report.reasons == [])
    #expect(report.suites.isEmpty)
    #expect(report.findings.map(\.metric) == [.throughput, .cpuThroughput, .peakRSS])
    #expect(
      report.findings.map(\.verdict) == [
        verdict == .pass ? .pass : .regress, .reported, verdict == .pass ? .pass : .regress,
      ])
    for finding in report.findings {
      let history = try #require(finding.history)
      #expect(history.sessionCount == 5)
      // Less memory is better: its ratio is the reciprocal.
      let sign = finding.metric == .peakRSS ? -1.0 : 1
      #expect(abs(log(try #require(history.meanRatio)) - sign * 0.184) < 1e-6)
      #expect(abs(try #require(history.allowance) - 0.012467) < 1e-6)
      #expect(abs(log(try #require(finding.ratio)) - sign * change) < 1e-6)
      #expect(finding.roundCount == 10)
      #expect(finding.stage == .screen)
      #expect(finding.roundsNeeded == nil)
      #expect(!finding.isImprovement)
    }
    // The half-width is 1.2 % of what there was.
    #expect(report.warnings.contains { $0.contains("5 sessions catches losses above about 1.2 % only") })
  }

  @Test("a head that uses more memory than it used to has lost, and one that uses less has not")
  func lowerIsBetter() throws {
    let settings = settings(cell("tiny", [.peakRSS: Margins()]))
    let history = try history(settings)
    var rows = rows(0.184 + log(0.9), settings)
    let worse = report(rows, settings, history)
    #expect(worse.verdict == .regress)
    #expect(try #require(worse.findings[0].ratio) > #require(worse.findings[0].history?.meanRatio))
    rows.changes["tiny"] = [.peakRSS: 0.184 - log(0.9)]
    let better = report(rows, settings, history)
    #expect(better.verdict == .pass)
    #expect(better.findings[0].isImprovement)
    #expect(try #require(better.findings[0].ratio) < #require(better.findings[0].history?.meanRatio))
  }

  @Test("fewer than five sessions are invalid, whatever the head did", arguments: 0...4)
  func shortHistory(count: Int) throws {
    let settings = settings(cell("tiny"), cell("large"))
    let history = try history(settings, Array(Self.earlier[..<count]))
    for change in [0.184, -1.0] {
      let report = report(rows(change, settings), settings, history)
      #expect(report.verdict == .invalid)
      #expect(report.exitCode == 12)
      let sessions = count == 1 ? "session" : "sessions"
      #expect(report.reasons == ["\(count) stored \(sessions) can be compared, and it takes 5"])
    }
  }

  @Test("sessions of another machine, worker, workload or reference do not count, and are named")
  func mismatches() throws {
    let settings = settings(cell("tiny"))
    let history = try history(settings, Self.earlier + [0.18])
    let rows = rows(0.15, settings)
    func reasons(_ rows: HistoryRows, _ identity: GateIdentity) -> [String] {
      let report = HistoryJudge(settings, rows.evidence(settings), history: history, identity: identity).report()
      #expect(report.verdict == .invalid)
      return report.reasons
    }
    let start = "0 stored sessions can be compared, and it takes 5; of the others "
    var other = rows
    other.environment = "other"
    #expect(reasons(other, other.identity()) == [start + "6 are of another machine or set-up of it (env_id)"])
    #expect(reasons(rows, rows.identity(worker: "other")) == [start + "6 are of another build of the worker"])
    #expect(reasons(rows, rows.identity(workload: "other")) == [start + "6 are of other workloads or settings"])
    other = rows
    other.referenceSHA256 = "other"
    #expect(reasons(other, other.identity()) == [start + "6 are of another build of the reference"])
  }

  @Test("each field is named with its own number of sessions")
  func mixedHistory() throws {
    let settings = settings(cell("tiny"))
    let history = try history(settings) { rows, index in
      if index < 2 { rows.environment = "older machine" }
      if index == 1 { rows.referenceSHA256 = "older reference" }
    }
    #expect(
      report(rows(0.15, settings), settings, history).reasons == [
        "3 stored sessions can be compared, and it takes 5; of the others 2 are of another machine or set-up of it "
          + "(env_id), 1 is of another build of the reference"
      ])
  }

  @Test("a session that is in the history already is not held against itself")
  func ownSession() throws {
    let settings = settings(cell("tiny"))
    var rows = rows(0.187, settings)
    rows.session = "session 4"
    let report = report(rows, settings, try history(settings))
    #expect(report.reasons == ["4 stored sessions can be compared, and it takes 5"])
  }

  @Test("a cell that stored sessions do not have is invalid by itself")
  func newCell() throws {
    let history = try history(settings(cell("tiny")))
    let settings = settings(cell("tiny"), cell("new", [.throughput: Margins()]))
    let report = report(rows(0.184, settings), settings, history)
    #expect(report.verdict == .invalid)
    #expect(
      report.reasons == [
        "new, throughput: 0 stored sessions can be compared, and it takes 5",
        "mean of 2 cells, throughput: 0 stored sessions can be compared, and it takes 5",
      ])
    #expect(report.findings.first { $0.title == "tiny" && $0.metric == .throughput }?.verdict == .pass)
  }

  @Test("a reference that runs as it never did is invalid, even where the head is as much better than ever")
  func strayReference() throws {
    let settings = settings(cell("tiny"))
    let history = try history(settings)
    for change in [log(0.7), -log(0.7)] {
      var rows = rows(0.184, settings)
      rows.referenceChange = [.throughput: change]
      let report = report(rows, settings, history)
      #expect(report.verdict == .invalid)
      // Sessions of the reference itself: exp 0, .01, .02, 0, .01; t(.975 of two figures, 4) = 3.495, s = .00837.
      #expect(
        report.reasons == [
          "tiny: the reference itself had a throughput_ops_per_s of \(change < 0 ? 14000000 : 28571429), where stored "
            + "sessions let expect 19525013 to 20816963: the machine, or what else it does, is not what it was"
        ])
      #expect(report.findings[0].verdict == .pass)
      #expect(throws: GateSessionRefusal.self) {
        try HistoryJudge(
          settings, rows.evidence(settings), history: history, identity: rows.identity(), isRecording: true
        ).session()
      }
    }
    var rows = rows(0.184, settings)
    rows.referenceChange = [.throughput: 0.005, .peakRSS: 0.02]
    #expect(report(rows, settings, history).verdict == .pass)
  }

  @Test("ignored cells are shown and do not count")
  func ignored() throws {
    let ignore = GateIgnore(reason: "being rewritten", until: "2027-01-31")
    let settings = settings(cell("tiny"), cell("old", ignore: ignore))
    let history = try history(settings)
    var rows = rows(0.184, settings)
    rows.changes["old"] = [.throughput: -0.5]
    let report = report(rows, settings, history)
    #expect(report.verdict == .pass)
    let finding = try #require(report.findings.first { $0.cellIdentifier == "old" })
    #expect(finding.verdict == .ignored)
    #expect(finding.ignoreReason == "being rewritten")
    #expect(finding.history?.sessionCount == 5)
  }

  @Test("the mean over cells sees what is too little in each of them")
  func suite() throws {
    let names = ["one", "two", "three", "four"]
    let settings = GateSettings(cells: names.map { cell($0, [.throughput: Margins(tolerate: 0.01, detect: 0.2)]) })
    // In each cell sessions scatter by 3 % or so; in the mean they hardly do.
    let pattern = [0.03, -0.03, 0.02, -0.02, 0]
    let history = try history(settings) { rows, index in
      for (place, name) in names.enumerated() {
        rows.changes[name] = [.throughput: 0.1 + (place % 2 == 0 ? 1 : -1) * pattern[index] + 0.001 * Double(index)]
      }
    }
    let report = report(rows(0.1 + log(0.96), settings), settings, history)
    #expect(report.findings.filter { $0.metric == .throughput }.map(\.verdict) == [.pass, .pass, .pass, .pass])
    let suite = try #require(report.suites.first)
    #expect(suite.title == "mean of 4 cells")
    #expect(suite.verdict == .regress)
    #expect(suite.history?.sessionCount == 5)
    #expect(abs(log(try #require(suite.ratio)) - 0.1 - log(0.96)) < 1e-9)
    #expect(report.verdict == .regress)
  }

  @Test("recording needs no earlier sessions, and judges once there are enough")
  func recording() throws {
    let settings = settings(cell("tiny"))
    let first = report(rows(0.15, settings), settings, GateHistory(), isRecording: true)
    #expect(first.verdict == .pass)
    #expect(first.findings.allSatisfy { $0.verdict == .reported })
    #expect(first.warnings == ["0 stored sessions can be compared so far; it takes 5 to judge the next"])
    let sixth = report(rows(0.15, settings), settings, try history(settings), isRecording: true)
    #expect(sixth.verdict == .regress)
  }

  @Test("what the place in the round does is told apart from how much better the head is")
  func slotEffects() throws {
    let settings = settings(cell("tiny"))
    let history = try history(settings)
    var rows = rows(0.184, settings)
    let even = report(rows, settings, history)
    #expect(abs(try #require(even.slotEffects.first).effect) < 1e-9)
    #expect(even.slotEffects.map(\.isLarge) == [false])
    rows.slotEffect = 0.02
    let uneven = report(rows, settings, history)
    #expect(abs(try #require(uneven.slotEffects.first).effect - expm1(0.02)) < 1e-9)
    #expect(uneven.slotEffects.map(\.isLarge) == [true])
    #expect(uneven.warnings.contains { $0.contains("the place in the round") })
  }

  @Test("a session with too few rounds is neither judged nor stored")
  func fewRounds() throws {
    let settings = settings(cell("tiny"))
    let history = try history(settings)
    var rows = rows(-1, settings)
    rows.roundCount = 9
    #expect(report(rows, settings, history).verdict == .inconclusive)
    #expect(report(rows, settings, history, isRecording: true).verdict == .inconclusive)
    #expect(report(rows, settings, GateHistory(), isRecording: true).verdict == .inconclusive)
    #expect(
      throws: GateSessionRefusal(reasons: [
        "tiny, peak-rss: 9 rounds, and it takes 10", "tiny, throughput: 9 rounds, and it takes 10",
      ])
    ) {
      try HistoryJudge(settings, rows.evidence(settings), history: history, identity: rows.identity()).session()
    }
  }

  @Test("a session with a failed process, without rows, or with a head slowed on purpose is not stored")
  func refused() throws {
    let settings = settings(cell("tiny"))
    var failing = rows(0.184, settings)
    failing.failingRound = 3
    #expect(report(failing, settings, try history(settings)).verdict == .error)
    func refusal(_ rows: HistoryRows, _ settings: GateSettings, _ evidence: GateEvidence) -> [String] {
      do {
        _ = try HistoryJudge(settings, evidence, history: GateHistory(), identity: rows.identity()).session()
        return []
      } catch {
        return error.reasons
      }
    }
    #expect(
      refusal(failing, settings, failing.evidence(settings)).contains { $0.contains("head failed on tiny: crash") })
    #expect(refusal(failing, settings, GateEvidence(settings)).contains("there are no rows"))
    var slowed = settings
    slowed.injectedSlowdown = 0.05
    let sound = rows(0.184, settings)
    #expect(refusal(sound, slowed, sound.evidence(slowed)) == ["the head was slowed down on purpose"])
    #expect(refusal(sound, settings, sound.evidence(settings)) == [])
  }

  @Test("nothing at all is an error, recording or not", arguments: [false, true])
  func nothing(isRecording: Bool) {
    let settings = settings(cell("tiny"))
    let identity = HistoryRows().identity()
    let report = HistoryJudge(
      settings, GateEvidence(settings), history: GateHistory(), identity: identity, isRecording: isRecording
    ).report()
    #expect(report.verdict == .error)
    #expect(report.reasons == ["there are no rows"])
  }
}
