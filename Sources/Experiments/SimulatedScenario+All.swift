// SPDX-License-Identifier: MIT

import Comparison
import Glibc

extension SimulatedScenario {
  private static let cellCount = 10
  private static let gateCount = 1000
  private static let comparisonCount = 2000

  /// The base against itself: a gate that fails it fails for nothing.
  public static let same = gates(
    "same", "the base against itself, 10 cells", effects: Array(repeating: 0, count: cellCount),
    [(.regress, .atMost(5))])

  /// All that is tolerated is lost everywhere: 5 % of gates may fail, and 67 of 1000 are the 99 % bound of that.
  public static let boundary = gates(
    "boundary", "every cell loses the 2 % that are tolerated", effects: Array(repeating: log(0.98), count: cellCount),
    [(.regress, .atMost(67))])

  /// One cell of ten loses what must be found: at least 90 % of gates have to fail, and 877 of 1000 are the 99 % bound.
  public static let loss = gates(
    "loss", "one of 10 cells loses 5 %", effects: oneLoss(0.05), [(.regress, .atLeast(877)), (.pass, .atMost(50))])

  /// Twice that.
  public static let largeLoss = gates(
    "large-loss", "one of 10 cells loses 10 %", effects: oneLoss(0.1), [(.regress, .atLeast(990))])

  /// Random orders make a drifting machine harmless: 5 % of comparisons may find something, 123 of 2000 at 99 %.
  public static let randomOrder = SimulatedScenario(
    name: "random-order", title: "drift and a slow second place, random order",
    subject: .comparisons(
      SimulatedComparison(noise: .drifting, order: .random), count: comparisonCount, bound: .atMost(123)))

  /// The same machine misleads whoever measures one arm after the other: it is no easy one.
  public static let blocks = SimulatedScenario(
    name: "blocks", title: "the same machine, one arm after the other",
    subject: .comparisons(
      SimulatedComparison(noise: .drifting, order: .blocks), count: comparisonCount, bound: .atLeast(601)))

  public static let all = [same, boundary, loss, largeLoss, randomOrder, blocks]

  private static func gates(
    _ name: String, _ title: String, effects: [Double], _ bounds: [VerdictBound]
  ) -> SimulatedScenario {
    let gate = SimulatedGate(effects: effects, noise: .bursty(pairDeviation: 0.03))
    return SimulatedScenario(name: name, title: title, subject: .gates(gate, count: gateCount, bounds: bounds))
  }

  private static func oneLoss(_ loss: Double) -> [Double] {
    [log1p(-loss)] + Array(repeating: 0, count: cellCount - 1)
  }
}
