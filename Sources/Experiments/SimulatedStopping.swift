// SPDX-License-Identifier: MIT

import Comparison
import Statistics

/// Rounds of two arms that are the same, begun until a rule says that they are enough, and then tested once. What the
/// rule looks at decides how often a difference is found that is not there.
public struct SimulatedStopping: Sendable {
  /// What is looked at after the fewest rounds, and after every step.
  public enum Rule: Sendable {
    /// The width of the interval, as a gate does.
    case width
    /// Whether the difference is significant already.
    case significance
  }

  public let rule: Rule
  /// Standard deviation of a round's difference.
  public let deviation: Double
  /// One-sided: of having lost nothing.
  public static let significance = 0.025
  /// Nothing is tolerated, and the distance to what has to be detected is that of a gate's usual margins.
  private static let margins = Margins()
  private static let limits = StageLimits(minimum: 10, maximum: 40)

  public init(rule: Rule, deviation: Double = 0.05) {
    self.rule = rule
    self.deviation = deviation
  }

  /// In how many trials a loss is found.
  public func alarmCount(of trialCount: Int, seed: UInt64) -> Int {
    (0..<trialCount).count { findsLoss(seed: seed &+ UInt64($0)) }
  }

  private func findsLoss(seed: UInt64) -> Bool {
    var machine = SimulatedMachine(SimulatedNoise(scatter: deviation / 2.0.squareRoot()), seed: seed)
    var differences: [Double] = []
    while wantsAnotherRound(differences) {
      let speeds = machine.round(order: [0, 1], effects: [0, 0])
      differences.append(speeds[1] - speeds[0])
    }
    return probability(differences) <= Self.significance
  }

  private func wantsAnotherRound(_ differences: [Double]) -> Bool {
    switch rule {
    case .width: GateRule.wantsAnotherRound(differences, Self.margins, Self.limits)
    case .significance:
      differences.count < Self.limits.minimum
        || differences.count < Self.limits.maximum && probability(differences) > Self.significance
    }
  }

  private func probability(_ differences: [Double]) -> Double {
    SignedRankTest(differences: differences, centreIsAtLeast: 0).probability
  }
}
