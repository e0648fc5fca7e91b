// SPDX-License-Identifier: MIT

import Glibc
import Statistics
import Testing

@Suite struct RoundsNeededTests {
  /// From a loss of 2 % to one of 5 %.
  static let gap = log(0.98) - log(0.95)

  @Test(
    "the counts are those of the design's table",
    arguments: [(0.02, 7), (0.03, 15), (0.04, 27), (0.06, 60), (0.10, 167)])
  func table(standardDeviation: Double, rounds: Int) {
    #expect(roundsNeeded(standardDeviation: standardDeviation, width: Self.gap) == rounds)
  }

  @Test("that many rounds do make intervals about so wide", arguments: [0.03, 0.04, 0.06])
  func widths(standardDeviation: Double) throws {
    let rounds = roundsNeeded(standardDeviation: standardDeviation, width: Self.gap)
    var numbers = NormalNumbers(seed: UInt64(rounds))
    var widths: [Double] = []
    for _ in 0..<400 {
      let differences = (0..<rounds).map { _ in standardDeviation * numbers.next() }
      let interval = try #require(HodgesLehmann(differences: differences)?.interval)
      widths.append(interval.upperBound - interval.lowerBound)
    }
    let median = try #require(SortedSample(widths)).median
    #expect((0.95...1.15).contains(median / Self.gap), "\(median / Self.gap)")
  }

  @Test("certainty costs rounds, and without noise or hope the answer is an end")
  func ends() {
    // The normal quantiles of 0.995 and 0.975 in printed tables.
    let certain = roundsNeeded(standardDeviation: 1, width: 0.01, tail: 0.005)
    let usual = roundsNeeded(standardDeviation: 1, width: 0.01)
    #expect(abs(Double(certain) / Double(usual) - 2.575829 * 2.575829 / (1.959964 * 1.959964)) < 1e-4)
    #expect(roundsNeeded(standardDeviation: 0, width: 0.01) == 0)
    #expect(roundsNeeded(standardDeviation: 1, width: 1e-300) == .max)
  }
}
