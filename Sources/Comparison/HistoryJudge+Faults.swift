// SPDX-License-Identifier: MIT

import Glibc
import Results

extension HistoryJudge {
  /// What is wrong with the session itself, whatever it is held against.
  func sessionFaults(_ controls: [ControlFinding]) -> [GateFault] {
    evidence.faults() + controls.filter { !$0.hasHeld }.map { .failedControl($0.role) }
  }

  func historyFaults(_ report: GateReport) -> [GateFault] {
    guard evidence.facts.processCount > 0 else { return [] }
    return shortFaults(report) + strayFaults()
  }

  private func shortFaults(_ report: GateReport) -> [GateFault] {
    guard !isRecording else { return [] }
    let minimum = HistoryRule.minimumSessionCount
    if earlier.count < minimum {
      let mismatches = history.mismatches(identity)
      return [.shortHistory(title: nil, sessionCount: earlier.count, minimum: minimum, mismatches: mismatches)]
    }
    return report.judged.filter(\.isShort).map { finding in
      .shortHistory(
        title: "\(finding.title), \(finding.metric.rawValue)", sessionCount: finding.history?.sessionCount ?? 0,
        minimum: minimum, mismatches: [])
    }
  }

  /// Whether the reference, which never changes, ran as it always does.
  func strayFaults() -> [GateFault] {
    let judged = figures.filter { figure in
      settings.judgedCells.contains { $0.identifier == figure.cellIdentifier && $0.metrics[figure.metric] != nil }
    }
    return judged.compactMap { figure in
      let metric = figure.metric
      guard let goodness = figure.referenceGoodness,
        let margins = settings.cell(figure.cellIdentifier)?.metrics[metric],
        let range = HistoryRule.strayed(
          goodness,
          earlier: earlier.compactMap { $0.figure(metric, of: figure.cellIdentifier)?.referenceGoodness },
          familyCount: judged.count, margins: margins)
      else { return nil }
      let ends = [metric.value(ofGoodness: range.lowerBound), metric.value(ofGoodness: range.upperBound)].sorted()
      return .strayReference(
        title: figure.title, metric: metric, value: figure.referenceMedian, expected: ends[0]...ends[1])
    }
  }

  /// What a reader should know before believing a verdict.
  func historyWarnings(_ report: GateReport) -> [String] {
    let minimum = HistoryRule.minimumSessionCount
    var warnings: [String] = []
    if isRecording, earlier.count < minimum {
      warnings.append("\(earlier.count) stored sessions can be compared so far; it takes \(minimum) to judge the next")
    }
    let widest = report.judged.filter { !$0.isShort }.max {
      ($0.history?.allowance ?? 0) < ($1.history?.allowance ?? 0)
    }
    guard let widest, let history = widest.history, let allowance = history.allowance else { return warnings }
    let familyCount = report.judged.count { $0.metric == widest.metric }
    let surely = HistoryRule.smallestSureLoss(
      allowance: allowance, sessionCount: history.sessionCount, familyCount: familyCount,
      significance: settings.significance, margins: widest.margins ?? settings.margins(ofSuite: widest.metric))
    warnings.append(
      "a baseline of \(history.sessionCount) sessions catches losses above about \(Self.percent(allowance)) only "
        + "(\(widest.title), \(widest.metric.rawValue))"
        + (familyCount > 1 ? ", and among \(familyCount) figures is sure of those above \(Self.percent(surely))" : "")
        + "; a base and a head in one run show smaller ones")
    return warnings
  }

  /// The loss that a logarithm is, as a part of what there was.
  private static func percent(_ logarithm: Double) -> String {
    "\((-1000 * expm1(-logarithm)).rounded() / 10) %"
  }
}
