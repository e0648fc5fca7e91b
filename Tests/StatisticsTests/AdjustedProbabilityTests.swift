// SPDX-License-Identifier: MIT

import Statistics
import TestSupport
import Testing

@Suite struct AdjustedProbabilityTests {
  @Test("Holm's worked example, in any order of the family")
  func holm() {
    #expect(isNear(holmAdjusted([0.003, 0.02, 0.04, 0.30]), [0.012, 0.06, 0.08, 0.30]))
    #expect(isNear(holmAdjusted([0.30, 0.02, 0.003, 0.04]), [0.30, 0.06, 0.012, 0.08]))
  }

  @Test("the worked example of Benjamini and Hochberg, in any order of the family")
  func benjaminiHochberg() {
    #expect(isNear(benjaminiHochbergAdjusted([0.003, 0.02, 0.04, 0.30]), [0.012, 0.04, 0.16 / 3, 0.30]))
    #expect(isNear(benjaminiHochbergAdjusted([0.04, 0.30, 0.003, 0.02]), [0.16 / 3, 0.30, 0.012, 0.04]))
  }

  @Test("a smaller p-value never ends above a larger one, and none above 1")
  func order() {
    #expect(isNear(holmAdjusted([0.01, 0.011, 0.9, 0.8]), [0.04, 0.04, 1, 1]))
    #expect(isNear(benjaminiHochbergAdjusted([0.03, 0.031, 0.9, 1]), [0.062, 0.062, 1, 1]))
    #expect(isNear(holmAdjusted([0.01, 0.01, 0.01]), [0.03, 0.03, 0.03]))
    #expect(isNear(benjaminiHochbergAdjusted([0.01, 0.01, 0.01]), [0.01, 0.01, 0.01]))
  }

  /// The procedures as published: step down, or up, along the ascending p-values, and count what is rejected.
  @Test("an adjusted p-value is at most alpha exactly when the stepwise procedure rejects", arguments: 1...12)
  func procedures(count: Int) {
    var random = SeededRandom(seed: UInt64(count))
    for _ in 0..<50 {
      let probabilities = (0..<count).map { _ in Double(Int.random(in: 1...999, using: &random)) / 4999 }
      let alpha = 0.05
      let ascending = probabilities.sorted()
      let downCount = ascending.enumerated().prefix { $1 * Double(count - $0) <= alpha }.count
      let upCount = (ascending.enumerated().last { $1 * Double(count) / Double($0 + 1) <= alpha }?.offset ?? -1) + 1
      let holm = holmAdjusted(probabilities)
      let benjaminiHochberg = benjaminiHochbergAdjusted(probabilities)
      for (index, probability) in probabilities.enumerated() {
        #expect((holm[index] <= alpha) == ascending.prefix(downCount).contains(probability))
        #expect((benjaminiHochberg[index] <= alpha) == ascending.prefix(upCount).contains(probability))
      }
    }
  }

  @Test("a family of one, or of none, stays as it is")
  func small() {
    #expect(holmAdjusted([]) == [])
    #expect(benjaminiHochbergAdjusted([]) == [])
    #expect(holmAdjusted([0.3]) == [0.3])
    #expect(benjaminiHochbergAdjusted([0.3]) == [0.3])
  }

  private func isNear(_ values: [Double], _ expected: [Double]) -> Bool {
    values.count == expected.count && zip(values, expected).allSatisfy { abs($0 - $1) < 1e-12 }
  }
}
