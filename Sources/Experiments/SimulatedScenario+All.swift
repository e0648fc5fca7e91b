// SPDX-License-Identifier: MIT

import Comparison
import Glibc

extension SimulatedScenario {
  private static let cellCount = 10
  private static let gateCount = 1000
  private static let comparisonCount = 2000
  private static let stoppingCount = 4000

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

  /// Intervals of twelve rounds that scatter normally, and of such of which one in ten is disturbed: 95 % hold the truth,
  /// or some more, for ranks go by steps.
  public static let intervals = coverage("intervals", "12 rounds that scatter by 2 %", burstProbability: 0)
  public static let disturbedIntervals = coverage(
    "disturbed-intervals", "the same, one round in ten disturbed", burstProbability: 0.1)

  /// Stopping by width costs next to nothing of a level of 2.5 %: 3.5 % are the bound.
  public static let stopByWidth = SimulatedScenario(
    name: "stop-by-width", title: "two of the same, rounds until the interval is narrow",
    subject: .stopping(SimulatedStopping(rule: .width), count: stoppingCount, bound: .atMost(140)))

  /// Stopping as soon as something is significant finds twice as much as it may, and more.
  public static let stopBySignificance = SimulatedScenario(
    name: "stop-by-significance", title: "two of the same, rounds until something is significant",
    subject: .stopping(SimulatedStopping(rule: .significance), count: stoppingCount, bound: .atLeast(201)))

  public static let all = [
    intervals, disturbedIntervals, stopByWidth, stopBySignificance, same, boundary, loss, largeLoss, randomOrder,
    blocks,
  ]

  private static func coverage(_ name: String, _ title: String, burstProbability: Double) -> SimulatedScenario {
    let noise = SimulatedNoise(
      scatter: 0.02 / 2.0.squareRoot(), burstProbability: burstProbability, burstMeanLoss: 0.1)
    return SimulatedScenario(
      name: name, title: title,
      subject: .intervals(
        SimulatedComparison(noise: noise, order: .random, roundCount: 12), count: comparisonCount,
        bounds: [.atLeast(1880), .atMost(1950)]))
  }

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
