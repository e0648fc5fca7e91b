// SPDX-License-Identifier: MIT

/// Where the next number will lie, after K numbers from the same normal distribution: within `halfWidth` of their mean.
///
/// Hahn, "Factors for Calculating Two-Sided Prediction Intervals for Samples from a Normal Distribution", Journal of
/// the American Statistical Association 64, 1969, for a single further number.
public struct PredictionInterval: Equatable, Sendable {
  public let mean: Double
  /// s, with K - 1 in the denominator.
  public let standardDeviation: Double
  /// t(1 - tail, K - 1) * s * sqrt(1 + 1 / K).
  public let halfWidth: Double
  /// K.
  public let count: Int

  /// - Parameter tail: The probability that the next number lies beyond one given end of the interval; below one half.
  /// - Returns: Nil when there are fewer than two numbers or one of them is not finite.
  public init?(_ values: [Double], tail: Double = 0.05) {
    precondition(tail > 0 && tail < 0.5, "a tail probability is between 0 and one half")
    guard let standardDeviation = sampleStandardDeviation(values) else { return nil }
    count = values.count
    mean = values.reduce(0, +) / Double(count)
    self.standardDeviation = standardDeviation
    halfWidth =
      StudentT(degreesOfFreedom: count - 1).quantile(1 - tail) * standardDeviation
      * (1 + 1 / Double(count)).squareRoot()
  }
}
