// SPDX-License-Identifier: MIT

/// Where the centre of paired differences lies: the median of their Walsh averages, with an interval that inverts the
/// signed-rank test. It needs no normal distribution, only differences that are symmetric about their centre.
///
/// Hodges and Lehmann, "Estimates of Location Based on Rank Tests", Annals of Mathematical Statistics 34, 1963;
/// the interval is Tukey's, see Hollander, Wolfe and Chicken, Nonparametric Statistical Methods, section 3.3.
public struct HodgesLehmann: Equatable, Sendable {
  /// The median of (d[i] + d[j]) / 2 over all i <= j.
  public let estimate: Double
  /// Holds the centre with probability of at least 1 - 2 * tail; nil when there are too few differences for that.
  public let interval: ClosedRange<Double>?

  /// - Parameters:
  ///   - differences: One per pair, in any order.
  ///   - tail: The probability that may lie beyond each end of the interval; 0.025 gives 95 %.
  /// - Returns: Nil when there are no differences or one of them is not finite.
  public init?(differences: [Double], tail: Double = 0.025) {
    guard let averages = WalshAverages(differences) else { return nil }
    estimate = averages.median
    let rank = SignedRank(differenceCount: differences.count).criticalRank(tail: tail)
    interval = rank == 0 ? nil : averages.select(rank: rank)...averages.select(rank: averages.count + 1 - rank)
  }
}
