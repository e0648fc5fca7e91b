// SPDX-License-Identifier: MIT

import Statistics
import Testing

@Suite struct MedianIntervalTests {
  /// Ranks from tables of the binomial distribution, such as Conover's A3: P(B < k) <= 0.025 < P(B <= k).
  @Test(
    "its ends are the numbers of these ranks",
    arguments: [(6, 1), (8, 1), (9, 2), (12, 3), (15, 4), (20, 6), (25, 8), (50, 18), (100, 40), (1000, 469)])
  func ranks(count: Int, rank: Int) throws {
    let sample = try #require(SortedSample((1...count).reversed().map(Double.init)))
    #expect(sample.medianInterval == Double(rank)...Double(count + 1 - rank))
  }

  @Test("five numbers have none, for their extremes enclose the median in 15 of 16 cases only", arguments: 1...5)
  func tooFew(count: Int) throws {
    #expect(try #require(SortedSample((1...count).map(Double.init))).medianInterval == nil)
  }

  @Test("where many are no longer counted out, the interval goes on to grow as the square root")
  func many() throws {
    let widths = try [1000, 1001, 4004].map { count in
      let interval = try #require(SortedSample((1...count).map(Double.init))?.medianInterval)
      return interval.upperBound - interval.lowerBound
    }
    #expect(abs(widths[1] - widths[0]) <= 3)
    #expect(abs(widths[2] - 2 * widths[1]) <= 4)
  }
}
