// SPDX-License-Identifier: MIT

extension GateFinding {
  /// Whether it counts and nothing has been decided.
  func isUndecided(_ metric: GateMetric) -> Bool { self.metric == metric && verdict == .inconclusive }

  /// Whether there are too few earlier sessions that have it.
  var isShort: Bool { (history?.sessionCount ?? 0) < HistoryRule.minimumSessionCount }

  /// Puts it beside earlier sessions' estimates. What its rounds say of head and reference is no finding then.
  mutating func compare(with earlier: [Double]) {
    history = HistoryComparison(metric, earlier: earlier)
    probability = nil
    isImprovement = false
  }

  mutating func settle(_ judgement: HistoryRule.Judgement) {
    verdict = judgement.verdict
    isImprovement = judgement.isImprovement
    guard judgement.interval != nil else { return }
    probability = judgement.probability
    adjustedProbability = judgement.adjustedProbability
  }
}
