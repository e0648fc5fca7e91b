// SPDX-License-Identifier: MIT

/// What is decided by earlier sessions: a session's estimate, theirs, and what is held against it.
public struct HistoryHypothesis: Equatable, Sendable {
  /// How much better the head did than the reference, as a logarithm.
  public var estimate: Double
  /// The same, one for each earlier session.
  public var earlier: [Double]
  public var margins: Margins

  public init(estimate: Double, earlier: [Double], margins: Margins) {
    self.estimate = estimate
    self.earlier = earlier
    self.margins = margins
  }
}
