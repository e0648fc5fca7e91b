// SPDX-License-Identifier: MIT

extension SortedSample {
  /// Holds the median of the distribution with a probability of at least 95 %, whatever the distribution is: from the
  /// k-th smallest to the k-th largest number, the largest k with P(B < k) <= 0.025 for B of n fair coins.
  ///
  /// Conover, Practical Nonparametric Statistics, section 3.2. Nil for fewer than six numbers, of which even the least
  /// and the greatest enclose the median too seldom.
  public var medianInterval: ClosedRange<Double>? {
    var rank = 0
    if values.count <= Self.largestCountedOut {
      let coins = Binomial(trialCount: values.count, successProbability: 0.5)
      var probability = coins.probability(of: 0)
      while probability <= Self.tail {
        rank += 1
        probability += coins.probability(of: rank)
      }
    } else {
      let count = Double(values.count)
      rank = Int((count / 2 - StandardNormal.quantile(1 - Self.tail) * count.squareRoot() / 2 + 0.5).rounded(.down))
    }
    return rank == 0 ? nil : values[rank - 1]...values[values.count - rank]
  }

  private static let tail = 0.025
  /// Beyond it the binomial is as good as normal.
  private static let largestCountedOut = 1000
}
