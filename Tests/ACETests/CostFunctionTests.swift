// SPDX-License-Identifier: MIT

import Foundation
import Testing

@testable import ACEHosted

@Suite("The cost of an epoch") struct CostFunctionTests {
  static let goals: [Goal] = [.time, .balanced, .memory]
  static let counters: [WritableKeyPath<EpochFigures, UInt64> & Sendable] = [
    \.refills, \.touchedPages, \.claimedSlabs, \.purgeCalls, \.purgedPages, \.remoteBatches,
  ]

  private var figures: EpochFigures {
    var figures = EpochFigures(
      blocks: 100_000, refills: 2_000, touchedPages: 300, claimedSlabs: 40, purgeCalls: 10, purgedPages: 160,
      remoteBatches: 70)
    figures.sampleMemory(residentByteCount: 3 << 20, liveByteCount: 2 << 20)
    return figures
  }

  private func cost(_ figures: EpochFigures, _ goal: Goal) throws -> Double {
    try #require(CostFunction(goal: goal).cost(of: figures))
  }

  /// By hand: slow events of 80,000 + 180,000 + 10,000 + 4,000 + 12,800 + 4,200 ns.
  @Test func itIsTheFormula() throws {
    let nanoseconds = 4 + 291_000.0 / 100_000
    for (goal, share) in [(Goal.time, 0.875), (.balanced, 0.5), (.memory, 0.125)] {
      let expected = share * log2(nanoseconds) + (1 - share) * log2(1.5)
      #expect(abs(try cost(figures, goal) - expected) < 1e-8)
    }
  }

  @Test(arguments: goals, counters)
  func itGrowsWithEachSlowEvent(goal: Goal, counter: WritableKeyPath<EpochFigures, UInt64> & Sendable) throws {
    var worse = figures
    worse[keyPath: counter] += 100
    #expect(try cost(worse, goal) > cost(figures, goal))
    var better = figures
    better[keyPath: counter] = 0
    #expect(try cost(better, goal) < cost(figures, goal))
  }

  @Test(arguments: goals) func itFallsWithWorkAndGrowsWithMemory(goal: Goal) throws {
    var more = figures
    more.blocks *= 2
    #expect(try cost(more, goal) < cost(figures, goal))
    var larger = figures
    larger.residentByteSum *= 2
    #expect(abs(try cost(larger, goal) - cost(figures, goal) - (1 - goal.timeShare)) < 1e-8)
    var fuller = figures
    fuller.liveByteSum += 1 << 20
    #expect(try cost(fuller, goal) < cost(figures, goal))
  }

  @Test func aLittleLiveMemoryCountsAs64KiB() throws {
    func epoch(live: UInt64) -> EpochFigures {
      var epoch = EpochFigures(blocks: 5_000)
      epoch.sampleMemory(residentByteCount: 1 << 20, liveByteCount: live)
      return epoch
    }
    #expect(try cost(epoch(live: 0), .balanced) == cost(epoch(live: 65_536), .balanced))
    #expect(try cost(epoch(live: 65_537), .balanced) < cost(epoch(live: 65_536), .balanced))
  }

  @Test func tooLittleSaysNothing() {
    var epoch = figures
    epoch.blocks = 1_023
    #expect(CostFunction(goal: .balanced).cost(of: epoch) == nil)
    epoch.blocks = 1_024
    #expect(CostFunction(goal: .balanced).cost(of: epoch) != nil)
    epoch.memorySamples = 0
    #expect(CostFunction(goal: .balanced).cost(of: epoch) == nil)
  }

  /// Whatever the counters say, the cost is a number in the stated range.
  @Test(arguments: goals) func itIsBounded(goal: Goal) throws {
    var randomness = Randomness(seed: 4)
    let extremes: [UInt64] = [0, 1, 1_024, 1 << 32, .max - 1, .max]
    for _ in 0..<5_000 {
      var epoch = EpochFigures()
      for field in Self.counters + [\.blocks, \.memorySamples, \.residentByteSum, \.liveByteSum] {
        epoch[keyPath: field] = randomness.below(2) == 0 ? extremes[randomness.below(6)] : randomness.next()
      }
      guard let cost = CostFunction(goal: goal).cost(of: epoch) else { continue }
      #expect(cost >= -60 && cost <= 100)
      #expect((900_000...1_100_000).contains(CostFunction.told(cost)))
    }
  }

  @Test func costsAreToldInThousandths() {
    #expect(CostFunction.told(0) == 1_000_000)
    #expect(CostFunction.told(1.2344) == 1_001_234)
    #expect(CostFunction.told(-1.2344) == 998_766)
    #expect(CostFunction.told(-.infinity) == 0)
    #expect(CostFunction.told(.nan) == 0)
    #expect(CostFunction.told(.infinity) == 2_000_000)
  }

  @Test func figuresAddUpAndSubtract() {
    let both = figures + figures
    for field in Self.counters + [\.blocks, \.memorySamples, \.residentByteSum, \.liveByteSum] {
      #expect(both[keyPath: field] == 2 * figures[keyPath: field])
      #expect((both - figures)[keyPath: field] == figures[keyPath: field])
      #expect((EpochFigures() - figures + figures)[keyPath: field] == 0)
    }
    #expect(both.meanResidentByteCount == figures.meanResidentByteCount)
  }
}
