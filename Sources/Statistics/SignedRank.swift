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

  /// The largest n whose distribution is counted out; 2^n and all partial sums fit into 64 bits.
  public static let largestExactCount = 60

  public init(differenceCount: Int) {
    precondition(differenceCount >= 0, "a number of differences is not negative")
    self.differenceCount = differenceCount
    guard differenceCount <= Self.largestExactCount else {
      assignmentCounts = []
      return
    }
    var counts = [UInt64](repeating: 0, count: Self.largestSum(differenceCount) + 1)
    counts[0] = 1
    // Rank r either adds nothing or r to every sum that the ranks below it can reach.
    for rank in stride(from: 1, through: differenceCount, by: 1) {
      for sum in stride(from: Self.largestSum(rank), through: rank, by: -1) { counts[sum] += counts[sum - rank] }
    }
    assignmentCounts = counts
  }

  /// F(s) = P(W+ <= s), exact up to `largestExactCount` differences, beyond it by the normal approximation with
  /// continuity correction.
  public func probability(upTo sum: Int) -> Double {
    guard sum >= 0 else { return 0 }
    guard sum < Self.largestSum(differenceCount) else { return 1 }
    guard !assignmentCounts.isEmpty else {
      return standardNormalProbability(below: (Double(sum) + 0.5 - mean) / standardDeviation)
    }
    // The sum fits: all counts together are 2^n. Dividing by a power of two is exact.
    return Double(assignmentCounts[...sum].reduce(0, +)) / exp2(Double(differenceCount))
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

  private var mean: Double { Double(Self.largestSum(differenceCount)) / 2 }

  /// Var(W+) = n(n+1)(2n+1)/24.
  private var standardDeviation: Double {
    let count = Double(differenceCount)
    return (count * (count + 1) * (2 * count + 1) / 24).squareRoot()
  }

  private static func largestSum(_ count: Int) -> Int { count * (count + 1) / 2 }
}

/// The probability that a standard normal variable lies below `value`: erfc(-x / sqrt 2) / 2.
private func standardNormalProbability(below value: Double) -> Double { erfc(-value / 2.0.squareRoot()) / 2 }
