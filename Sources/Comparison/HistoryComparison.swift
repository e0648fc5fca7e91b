// SPDX-License-Identifier: MIT

import Statistics

/// A session's figure beside those of earlier sessions. What a finding with one calls probabilities are of a session
/// this much worse than they were, if nothing has changed.
public struct HistoryComparison: Codable, Equatable, Sendable {
  /// How many earlier sessions there are.
  public var sessionCount: Int
  /// head ÷ reference, the geometric mean over earlier sessions; nil when there are none.
  public var meanRatio: Double?
  /// One-sided half-width of the 95 % prediction interval of ln ratio; nil with fewer than two sessions.
  public var allowance: Double?
}

extension HistoryComparison {
  /// - Parameter earlier: How much better the head did than the reference, as logarithms, one for each session.
  init(_ metric: GateMetric, earlier: [Double]) {
    sessionCount = earlier.count
    meanRatio = earlier.isEmpty ? nil : metric.ratio(of: earlier.reduce(0, +) / Double(earlier.count))
    allowance = PredictionInterval(earlier, tail: HistoryRule.tail)?.halfWidth
  }
}
