// SPDX-License-Identifier: MIT

import Glibc
import Statistics
import Testing

@Suite struct WalshAveragesTests {
  /// What the differences of a case look like.
  enum Shape: CaseIterable {
    case normal
    /// Few distinct numbers, zeros of both signs among them.
    case tied
    /// Positive and negative, from the smallest doubles to large ones.
    case spread
    /// A burst in one of ten.
    case disturbed

    func number(_ numbers: inout NormalNumbers) -> Double {
      switch self {
      case .normal: numbers.next()
      case .tied: (numbers.next() * 2).rounded() / 8
      case .spread: numbers.next() * exp2(Double.random(in: -1080...1000, using: &numbers.random))
      case .disturbed: numbers.next() * (Int.random(in: 0..<10, using: &numbers.random) == 0 ? 50 : 1)
      }
    }
  }

  static func sortedAverages(_ differences: [Double]) -> [Double] {
    differences.indices.flatMap { first in
      differences[first...].map { (differences[first] + $0) / 2 }
    }.sorted()
  }

  @Test("every rank, the median and the interval are those of sorting", arguments: Shape.allCases)
  func sorting(shape: Shape) throws {
    let seed: UInt64 = 40
    var numbers = NormalNumbers(seed: seed)
    for count in 1...40 {
      let differences = (0..<count).map { _ in shape.number(&numbers) }
      let sorted = Self.sortedAverages(differences)
      let averages = try #require(WalshAverages(differences))
      #expect(averages.count == sorted.count)
      #expect((1...sorted.count).map { averages.select(rank: $0) } == sorted, "seed \(seed), \(count) differences")

      let median = try #require(SortedSample(sorted)).median
      #expect(averages.median == median, "seed \(seed), \(count) differences")
      let centre = try #require(HodgesLehmann(differences: differences))
      #expect(centre.estimate == median)
      let rank = SignedRank(differenceCount: count).criticalRank(tail: 0.025)
      #expect(centre.interval == (rank == 0 ? nil : sorted[rank - 1]...sorted[sorted.count - rank]))
    }
  }

  @Test("a sum that overflows is an average like any other")
  func overflow() throws {
    let largest = Double.greatestFiniteMagnitude
    let averages = try #require(WalshAverages([largest, -largest, largest, 1]))
    #expect((1...10).map { averages.select(rank: $0) } == Self.sortedAverages([largest, -largest, largest, 1]))
  }

  @Test("many differences need no memory for their averages")
  func many() throws {
    // 0 to n - 1: the averages are symmetric about their middle, and the smallest are 0, 0.5, 1, 1, 1.5, 1.5, …
    let averages = try #require(WalshAverages((0..<50_000).map(Double.init)))
    #expect(averages.count == 1_250_025_000)
    #expect(averages.median == 24_999.5)
    #expect((1...6).map { averages.select(rank: $0) } == [0, 0.5, 1, 1, 1.5, 1.5])
    #expect(averages.select(rank: averages.count) == 49_999)
  }

  @Test("no differences, or one that is not finite, have no averages")
  func refused() {
    #expect(WalshAverages([]) == nil)
    #expect(WalshAverages([1, .infinity]) == nil)
    #expect(WalshAverages([.nan]) == nil)
  }
}
