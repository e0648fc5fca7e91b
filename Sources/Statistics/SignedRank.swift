// SPDX-License-Identifier: MIT

import Glibc

/// The distribution of Wilcoxon's signed-rank statistic W+ for n untied differences that are symmetric about zero: the
/// sum of those ranks 1 to n whose signs, n independent fair coins, come up positive.
public struct SignedRank: Sendable {
  /// The number of differences.
  public let differenceCount: Int
  /// c[s]: how many of the 2^n assignments of signs give the rank sum s, for s from 0 to n(n+1)/2; empty above
  /// `largestExactCount`, where the normal approximation stands in.
  public let assignmentCounts: [UInt64]
  /// c[0] + … + c[s] for every s of `assignmentCounts`.
  private let cumulativeCounts: [UInt64]

  /// The largest n whose distribution is counted out; 2^n and all partial sums fit into 64 bits.
  public static let largestExactCount = 60

  public init(differenceCount: Int) {
    precondition(differenceCount >= 0, "a number of differences is not negative")
    self =
      differenceCount <= Self.largestExactCount
      ? Self.exact[differenceCount] : Self(differenceCount: differenceCount, assignmentCounts: [])
  }

  private init(differenceCount: Int, assignmentCounts: [UInt64]) {
    self.differenceCount = differenceCount
    self.assignmentCounts = assignmentCounts
    var total: UInt64 = 0
    cumulativeCounts = assignmentCounts.map { count in
      total += count
      return total
    }
  }

  /// All exact distributions, by n: 600 kB, counted out once.
  private static let exact: [SignedRank] = {
    var counts: [UInt64] = [1]
    var distributions = [SignedRank(differenceCount: 0, assignmentCounts: counts)]
    for rank in 1...largestExactCount {
      // Rank r either adds nothing or r to every sum that the ranks below it can reach.
      counts += [UInt64](repeating: 0, count: rank)
      for sum in stride(from: counts.count - 1, through: rank, by: -1) { counts[sum] += counts[sum - rank] }
      distributions.append(SignedRank(differenceCount: rank, assignmentCounts: counts))
    }
    return distributions
  }()

  /// F(s) = P(W+ <= s), exact up to `largestExactCount` differences, beyond it by the corrected normal approximation.
  public func probability(upTo sum: Int) -> Double {
    guard sum >= 0 else { return 0 }
    guard sum < Self.largestSum(differenceCount) else { return 1 }
    guard !cumulativeCounts.isEmpty else {
      return RankSumApproximation(differenceCount: differenceCount).probability(upTo: Double(sum))
    }
    // All counts together are 2^n, and dividing by a power of two is exact.
    return Double(cumulativeCounts[sum]) / exp2(Double(differenceCount))
  }

  /// k(n, a) = max{j : F(j - 1) <= a}: the interval from the k-th smallest to the k-th largest Walsh average leaves out
  /// the true centre with probability at most `tail` on either side. 0 when no interval is that certain.
  public func criticalRank(tail: Double) -> Int {
    precondition(tail > 0 && tail < 0.5, "a tail probability is between 0 and one half")
    // F rises with s, so the largest j is found by halving.
    var known = 0
    var tooLarge = Self.largestSum(differenceCount) + 2
    while tooLarge - known > 1 {
      let middle = (known + tooLarge) / 2
      if probability(upTo: middle - 1) <= tail { known = middle } else { tooLarge = middle }
    }
    return known
  }

  private static func largestSum(_ count: Int) -> Int { count * (count + 1) / 2 }
}
