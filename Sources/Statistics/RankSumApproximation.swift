// SPDX-License-Identifier: MIT

/// The distribution of W+, the sum of those ranks whose signs, independent fair coins, come up positive, for many
/// ranks.
///
/// It is the normal distribution with two corrections. Of continuity: a sum stands for all numbers up to half a step
/// above it. Of peakedness: the tails of W+ are lighter than normal ones, which at 80 ranks would leave an error of
/// 0.001; the argument is moved by the first term of Cornish and Fisher's expansion, "Moments and Cumulants in the
/// Specification of Distributions", Revue de l'Institut International de Statistique 5, 1938. (Of lopsidedness there is
/// none.) The same term in Edgeworth's expansion, as in Fellingham and Stoker, Journal of the American Statistical
/// Association 59, 1964, becomes negative far out; this form is a probability everywhere and rises everywhere.
struct RankSumApproximation {
  private let mean: Double
  private let standardDeviation: Double
  /// The fourth cumulant over the square of the variance; 0 for the normal distribution.
  private let excessKurtosis: Double
  private let halfStep: Double

  /// - Parameters:
  ///   - sum: Of all ranks.
  ///   - squareSum: Of their squares; above zero.
  ///   - fourthPowerSum: Of their fourth powers.
  ///   - step: The distance of neighbouring values of W+.
  init(sum: Double, squareSum: Double, fourthPowerSum: Double, step: Double) {
    // A coin that adds r or nothing has the mean r/2, the variance r^2/4 and the fourth cumulant -r^4/8.
    mean = sum / 2
    standardDeviation = squareSum.squareRoot() / 2
    excessKurtosis = -2 * fourthPowerSum / (squareSum * squareSum)
    halfStep = step / 2
  }

  /// The ranks 1 to n.
  init(differenceCount: Int) {
    let count = Double(differenceCount)
    let sum = count * (count + 1) / 2
    let squareSum = sum * (2 * count + 1) / 3
    self.init(
      sum: sum, squareSum: squareSum, fourthPowerSum: squareSum * (3 * count * count + 3 * count - 1) / 5, step: 1)
  }

  /// P(W+ <= rankSum).
  func probability(upTo rankSum: Double) -> Double {
    let score = (rankSum + halfStep - mean) / standardDeviation
    return StandardNormal.probability(below: score - excessKurtosis / 24 * (score * score * score - 3 * score))
  }
}
