// SPDX-License-Identifier: MIT

/// What a gate found of one metric, in one cell or in the mean over all.
public struct GateFinding: Codable, Equatable, Sendable {
  /// The identifier of the cell; nil for the mean over all cells.
  public var cellIdentifier: String?
  /// For people.
  public var title: String
  public var metric: GateMetric
  public var verdict: FindingVerdict
  /// Nil for what is only reported.
  public var margins: Margins?
  /// The stage whose rounds the figures are of.
  public var stage: GateStage
  public var roundCount: Int
  /// head ÷ base as measured, sizes of memory with the metric's allowance; nil without rounds.
  public var ratio: Double?
  /// Holds the ratio with a probability of at least 95 %; both nil with fewer than six rounds.
  public var lowRatio: Double?
  public var highRatio: Double?
  /// Of the rounds' logarithms of the ratio.
  public var standardDeviation: Double?
  /// One-sided, of having lost no more than is tolerated; nil where none was computed.
  public var probability: Double?
  /// The same after Holm's correction; nil in the first stage.
  public var adjustedProbability: Double?
  /// Whether the head surely did better.
  public var isImprovement: Bool
  /// How many rounds a verdict would take at this scatter; nil where there is one.
  public var roundsNeeded: Int?
  /// Medians of what was measured, in the metric's unit; nil for the mean over all cells.
  public var baseMedian: Double?
  public var headMedian: Double?
  /// Why the cell does not count.
  public var ignoreReason: String?
  /// Nil unless it was held against stored sessions.
  public var history: HistoryComparison?
}
