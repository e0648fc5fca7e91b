// SPDX-License-Identifier: MIT

import Experiments
import Testing

@Suite("The order of a round")
struct RoundScheduleTests {
  @Test("has every arm and every cell exactly once", arguments: [1, 2, 5, 17])
  func complete(count: Int) {
    let schedule = RoundSchedule(seed: 7)
    for round in 1...50 {
      #expect(schedule.arms(count: count, round: round, cell: "a@1t", pass: "time").sorted() == Array(0..<count))
      #expect(schedule.cells(count: count, round: round).sorted() == Array(0..<count))
    }
  }

  @Test("is the same for the same seed, and another for another")
  func seeds() {
    func orders(_ seed: UInt64) -> [[Int]] {
      (1...20).map { RoundSchedule(seed: seed).arms(count: 6, round: $0, cell: "a", pass: "time") }
    }
    #expect(orders(1) == orders(1))
    #expect(orders(1) != orders(2))
    #expect(Set(orders(1)).count > 15)
  }

  @Test("differs between cells and between passes")
  func independent() {
    let schedule = RoundSchedule(seed: 3)
    func orders(_ cell: String, _ pass: String) -> [[Int]] {
      (1...20).map { schedule.arms(count: 6, round: $0, cell: cell, pass: pass) }
    }
    #expect(orders("a", "time") != orders("b", "time"))
    #expect(orders("a", "time") != orders("a", "memory"))
  }

  @Test("puts every arm at every place equally often", arguments: [1, 2, 3, 4] as [UInt64])
  func uniform(seed: UInt64) {
    let armCount = 5
    let roundCount = 2000
    let schedule = RoundSchedule(seed: seed)
    var counts = Array(repeating: Array(repeating: 0, count: armCount), count: armCount)
    for round in 1...roundCount {
      let order = schedule.arms(count: armCount, round: round, cell: "a", pass: "time")
      for (position, arm) in order.enumerated() { counts[arm][position] += 1 }
    }
    let expected = Double(roundCount) / Double(armCount)
    let statistic = counts.joined().reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    // (5 - 1)^2 degrees of freedom: chi-square exceeds 39.25 once in a thousand.
    #expect(statistic < 39.25, "seed \(seed)")
  }

  @Test("gives all arms of a round the same workload, and every round its own")
  func workloadSeeds() {
    let schedule = RoundSchedule(seed: 5)
    let seeds = (1...100).map { schedule.workloadSeed(round: $0, cell: "a") }
    #expect(seeds == (1...100).map { RoundSchedule(seed: 5).workloadSeed(round: $0, cell: "a") })
    #expect(Set(seeds + (1...100).map { schedule.workloadSeed(round: $0, cell: "b") }).count == 200)
  }
}
