// SPDX-License-Identifier: MIT

/// A session's figure beside those of earlier sessions.
public struct HistoryComparison: Codable, Equatable, Sendable {
  /// How many earlier sessions there are.
  public var sessionCount: Int
  /// head ÷ reference, the geometric mean over earlier sessions; nil when there are none.
  public var meanRatio: Double?
  /// One-sided half-width of the 95 % prediction interval of ln ratio; nil with fewer than two sessions.
  public var allowance: Double?
}
