// SPDX-License-Identifier: MIT

import Comparison
import Statistics

/// Two arms that are the same, compared over a fixed number of rounds on a simulated machine: whatever difference is
/// found is none.
public struct SimulatedComparison: Sendable {
  public let noise: SimulatedNoise
  public let order: SimulatedOrder
  public let roundCount: Int
  /// Two-sided.
  public static let significance = 0.05

  public init(noise: SimulatedNoise, order: SimulatedOrder, roundCount: Int = 20) {
    self.noise = noise
    self.order = order
    self.roundCount = roundCount
  }

  /// ln (second arm ÷ first arm) of each round.
  public func differences(seed: UInt64) -> [Double] {
    var machine = SimulatedMachine(noise, seed: seed)
    if order == .blocks {
      let first = (0..<roundCount).map { _ in machine.round(order: [0], effects: [0])[0] }
      let second = (0..<roundCount).map { _ in machine.round(order: [0], effects: [0])[0] }
      return zip(first, second).map { $1 - $0 }
    }
    let schedule = RoundSchedule(seed: seed)
    return (1...roundCount).map { round in
      let once = schedule.arms(count: 2, round: round, cell: "cell", pass: "time")
      let order = order == .mirrored ? once + once.reversed() : once
      let speeds = machine.round(order: order, effects: [0, 0])
      let runCount = Double(order.count / 2)
      return zip(order, speeds).reduce(0) { $1.0 == 1 ? $0 + $1.1 : $0 - $1.1 } / runCount
    }
  }

  /// In how many comparisons the interval of 95 % holds the truth, which is no difference.
  public func coveredCount(of comparisonCount: Int, seed: UInt64) -> Int {
    (0..<comparisonCount).count { index in
      PairedEffect(differences: differences(seed: seed &+ UInt64(index)))?.interval?.contains(0) == true
    }
  }

  /// In how many comparisons the test finds a difference.
  public func alarmCount(of comparisonCount: Int, seed: UInt64) -> Int {
    (0..<comparisonCount).count { index in
      SignedRankTest.twoSidedProbability(differences: differences(seed: seed &+ UInt64(index))) <= Self.significance
    }
  }
}
