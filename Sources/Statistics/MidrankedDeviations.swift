// SPDX-License-Identifier: MIT

import Glibc

/// Deviations from a margin, ranked by their sizes. Ranks are doubled, so that the mean of neighbouring ranks is a
/// whole number.
struct MidrankedDeviations {
  /// Twice the rank of every deviation that is not zero, ascending.
  let doubledRanks: [Int]
  /// Twice the sum of the ranks of the positive deviations.
  let doubledPositiveSum: Int
  private let hasTies: Bool

  init(_ deviations: [Double]) {
    let sorted = deviations.filter { $0 != 0 }.sorted { $0.magnitude < $1.magnitude }
    var ranks: [Int] = []
    ranks.reserveCapacity(sorted.count)
    var positiveSum = 0
    var hasTies = false
    while ranks.count < sorted.count {
      let start = ranks.count
      var end = start + 1
      while end < sorted.count && sorted[end].magnitude == sorted[start].magnitude { end += 1 }
      // The ranks start + 1 to end share their mean.
      let doubledRank = start + 1 + end
      for deviation in sorted[start..<end] {
        ranks.append(doubledRank)
        if deviation > 0 { positiveSum += doubledRank }
      }
      hasTies = hasTies || end - start > 1
    }
    doubledRanks = ranks
    doubledPositiveSum = positiveSum
    self.hasTies = hasTies
  }

  /// How probable a sum of positive ranks is that does not exceed the observed one, if every sign is a fair coin.
  var probabilityOfSum: Double {
    if doubledRanks.count > SignedRank.largestExactCount { return approximateProbability }
    if hasTies { return exactProbability }
    return SignedRank(differenceCount: doubledRanks.count).probability(upTo: doubledPositiveSum / 2)
  }

  /// Counts the assignments of signs, as `SignedRank` does, for ranks that need not differ.
  private var exactProbability: Double {
    var counts = [UInt64](repeating: 0, count: doubledPositiveSum + 1)
    counts[0] = 1
    var reachedSum = 0
    for rank in doubledRanks where rank <= doubledPositiveSum {
      reachedSum = min(reachedSum + rank, doubledPositiveSum)
      for sum in stride(from: reachedSum, through: rank, by: -1) { counts[sum] += counts[sum - rank] }
    }
    // Ranks above the observed sum can only be negative: of their signs, none but one is counted.
    return Double(counts.reduce(0, +)) / exp2(Double(doubledRanks.count))
  }

  private var approximateProbability: Double {
    guard doubledPositiveSum < doubledRanks.reduce(0, +) else { return 1 }
    // Ties make squares smaller, and the steps of W+ larger where all ranks share a divisor.
    let step = doubledRanks.reduce(0, greatestCommonDivisor)
    var (sum, squareSum, fourthPowerSum) = (0.0, 0.0, 0.0)
    for doubledRank in doubledRanks {
      let rank = Double(doubledRank) / 2
      sum += rank
      squareSum += rank * rank
      fourthPowerSum += rank * rank * rank * rank
    }
    return RankSumApproximation(
      sum: sum, squareSum: squareSum, fourthPowerSum: fourthPowerSum, step: Double(step) / 2
    ).probability(upTo: Double(doubledPositiveSum) / 2)
  }
}

/// Euclid's; the other number where one is 0.
private func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
  second == 0 ? first : greatestCommonDivisor(second, first % second)
}
