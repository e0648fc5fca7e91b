// SPDX-License-Identifier: MIT

import Statistics

/// How much better a candidate did than its base, over rounds in which both ran.
public struct PairedEffect: Equatable, Sendable {
  /// A round each: goodness of the candidate less that of the base, as natural logarithms.
  public let differences: [Double]
  /// Their Hodges-Lehmann centre.
  public let estimate: Double
  /// Holds the centre with a probability of at least 95 %; nil with fewer than six rounds.
  public let interval: ClosedRange<Double>?

  /// Nil without differences.
  public init?(differences: [Double], tail: Double = 0.025) {
    guard let centre = HodgesLehmann(differences: differences, tail: tail) else { return nil }
    self.differences = differences
    estimate = centre.estimate
    interval = centre.interval
  }

  public var roundCount: Int { differences.count }

  /// Nil with one round.
  public var standardDeviation: Double? { sampleStandardDeviation(differences) }

  /// Whether the interval is as narrow as the margins are apart.
  func isNarrow(for margins: Margins) -> Bool {
    guard let interval else { return false }
    return interval.upperBound - interval.lowerBound <= margins.gap
  }

  /// Whether a loss of `margins.detect` is ruled out.
  func excludesLoss(_ margins: Margins) -> Bool {
    guard let interval else { return false }
    return interval.lowerBound > margins.detectLog
  }

  /// Whether the loss is surely more than `margins.tolerate`.
  func isSureLoss(_ margins: Margins) -> Bool {
    guard let interval else { return false }
    return interval.upperBound < margins.tolerateLog
  }

  /// Whether it surely did better at all.
  public var isImprovement: Bool { interval.map { $0.lowerBound > 0 } ?? false }

  /// p of the hypothesis that no more than `margins.tolerate` was lost: P(W+ <= observed).
  func lossProbability(_ margins: Margins) -> Double {
    SignedRankTest(differences: differences, centreIsAtLeast: margins.tolerateLog).probability
  }

  /// p of the hypothesis that no more than as much was gained.
  func gainProbability(_ margins: Margins) -> Double {
    SignedRankTest(differences: differences, centreIsAtMost: -margins.tolerateLog).probability
  }
}
