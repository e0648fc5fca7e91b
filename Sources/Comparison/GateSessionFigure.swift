// SPDX-License-Identifier: MIT

import Statistics

/// What a session measured of one metric in one cell.
public struct GateSessionFigure: Codable, Equatable, Sendable {
  public var cellIdentifier: String
  /// For people.
  public var title: String
  public var metric: GateMetric
  /// How much better the head did than the reference, a logarithm for each round of the first stage.
  public var differences: [Double]
  /// Their Hodges-Lehmann centre: all that the session counts for.
  public var estimate: Double
  /// What the reference itself measured, in the metric's unit; the median of the rounds.
  public var referenceMedian: Double

  /// Nil without rounds, or with figures that are no numbers.
  public init?(
    cellIdentifier: String, title: String, metric: GateMetric, differences: [Double], referenceMedian: Double
  ) {
    guard let centre = PairedEffect(differences: differences) else { return nil }
    self.cellIdentifier = cellIdentifier
    self.title = title
    self.metric = metric
    self.differences = differences
    self.referenceMedian = referenceMedian
    estimate = centre.estimate
    guard isSound else { return nil }
  }

  /// The reference's own, so that more is better; nil where it has none.
  var referenceGoodness: Double? { metric.goodness(of: referenceMedian) }

  /// Whether the estimate is the one of the differences, and the reference measured something.
  var isSound: Bool {
    guard differences.allSatisfy({ $0.magnitude <= GateMetric.largestDifference }),
      let centre = PairedEffect(differences: differences)
    else { return false }
    return abs(centre.estimate - estimate) <= 1e-9 && (referenceGoodness?.isFinite ?? false)
  }
}
