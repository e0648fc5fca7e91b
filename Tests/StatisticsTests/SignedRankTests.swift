// SPDX-License-Identifier: MIT

import Glibc
import Statistics
import Testing

@Suite struct SignedRankTests {
  @Test("the distribution of eight differences is that of the printed tables")
  func cumulativeCounts() {
    let distribution = SignedRank(differenceCount: 8)
    let expected: [Double] = [1, 2, 3, 5, 7, 10, 14, 19]
    for (sum, count) in expected.enumerated() { #expect(distribution.probability(upTo: sum) == count / 256) }
  }

  @Test("the counts are those of all assignments of signs, one by one", arguments: 0...12)
  func enumeration(differenceCount: Int) {
    var counts = [UInt64](repeating: 0, count: differenceCount * (differenceCount + 1) / 2 + 1)
    for signs in 0..<(1 << differenceCount) {
      counts[(0..<differenceCount).filter { signs >> $0 & 1 == 1 }.reduce(0) { $0 + $1 + 1 }] += 1
    }
    #expect(SignedRank(differenceCount: differenceCount).assignmentCounts == counts)
  }

  @Test("all assignments are counted, up to the largest exact distribution", arguments: [1, 31, 60])
  func total(differenceCount: Int) {
    let counts = SignedRank(differenceCount: differenceCount).assignmentCounts
    #expect(counts.reduce(0, +) == 1 << UInt64(differenceCount))
    #expect(counts == counts.reversed())
  }

  @Test(
    "the rank of the 95 % interval is that of the printed tables",
    arguments: [
      (0, 0), (1, 0), (5, 0), (6, 1), (7, 3), (8, 4), (10, 9), (12, 14), (15, 26), (16, 30), (20, 53), (24, 82),
      (30, 138), (40, 265),
    ])
  func criticalRanks(differenceCount: Int, rank: Int) {
    #expect(SignedRank(differenceCount: differenceCount).criticalRank(tail: 0.025) == rank)
  }

  @Test("the normal approximation takes over without a jump")
  func approximation() {
    // Each further difference moves the rank by about half its own number; the steps stay even across the border.
    let ranks = (57...66).map { SignedRank(differenceCount: $0).criticalRank(tail: 0.025) }
    let steps = zip(ranks.dropFirst(), ranks).map { $0 - $1 }
    for step in steps { #expect((20...27).contains(step), "\(ranks)") }
  }

  @Test("the approximation agrees with the exact sum where both can be had")
  func approximationError() {
    // Exact by the same recurrence in floating point, which does not overflow.
    let differenceCount = 80
    var probabilities = [Double](repeating: 0, count: differenceCount * (differenceCount + 1) / 2 + 1)
    probabilities[0] = 1
    for rank in 1...differenceCount {
      for sum in stride(from: probabilities.count - 1, through: 0, by: -1) {
        probabilities[sum] = (probabilities[sum] + (sum >= rank ? probabilities[sum - rank] : 0)) / 2
      }
    }
    let distribution = SignedRank(differenceCount: differenceCount)
    var exact = 0.0
    var largestError = 0.0
    var exactRank = 0
    for (sum, probability) in probabilities.enumerated() {
      exact += probability
      largestError = max(largestError, abs(distribution.probability(upTo: sum) - exact))
      if exact <= 0.025 { exactRank = sum + 1 }
    }
    #expect(largestError < 2e-4)
    #expect(abs(distribution.criticalRank(tail: 0.025) - exactRank) <= 1)
  }
}
