// SPDX-License-Identifier: MIT

/// Wilcoxon's signed-rank test of where the centre of paired differences lies: how probable rank sums as small as the
/// observed one would be if the centre were at the margin.
///
/// Equal distances from the margin share the mean of their ranks, and differences at the margin are left out, as in
/// Hollander, Wolfe and Chicken, Nonparametric Statistical Methods, section 3.1; the probability is that of the signs
/// given these ranks. It is counted out for up to `SignedRank.largestExactCount` differences, ties or not.
public struct SignedRankTest: Equatable, Sendable {
  /// W+, the sum of the ranks of those differences that speak for the hypothesis; the ranks are those of the distances
  /// from the margin.
  public let rankSum: Double
  /// How many differences are not at the margin.
  public let differenceCount: Int
  /// P(W+ <= rankSum) with the centre at the margin; small numbers speak against the hypothesis. 1 without differences.
  public let probability: Double

  /// Tests the hypothesis theta >= margin: W+ sums the ranks of the differences above the margin.
  public init(differences: [Double], centreIsAtLeast margin: Double) {
    Self.requireFinite(differences, margin)
    self.init(deviations: differences.map { $0 - margin })
  }

  /// Tests the hypothesis theta <= margin: W+ sums the ranks of the differences below the margin.
  public init(differences: [Double], centreIsAtMost margin: Double) {
    Self.requireFinite(differences, margin)
    self.init(deviations: differences.map { margin - $0 })
  }

  /// How probable a rank sum is that lies as far to either side as the observed one if theta is 0: twice the smaller of
  /// both one-sided probabilities.
  public static func twoSidedProbability(differences: [Double]) -> Double {
    let ofLoss = SignedRankTest(differences: differences, centreIsAtLeast: 0).probability
    let ofGain = SignedRankTest(differences: differences, centreIsAtMost: 0).probability
    return min(1, 2 * min(ofLoss, ofGain))
  }

  private init(deviations: [Double]) {
    let ranked = MidrankedDeviations(deviations)
    differenceCount = ranked.doubledRanks.count
    rankSum = Double(ranked.doubledPositiveSum) / 2
    probability = ranked.probabilityOfSum
  }

  private static func requireFinite(_ differences: [Double], _ margin: Double) {
    precondition(margin.isFinite && differences.allSatisfy(\.isFinite), "differences and margin are finite")
  }
}
