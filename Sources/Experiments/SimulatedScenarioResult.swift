// SPDX-License-Identifier: MIT

/// What came of a scenario.
public struct SimulatedScenarioResult: Sendable {
  public let scenario: SimulatedScenario
  public let checks: [SimulatedCheck]
  /// Nil where no gates were simulated.
  public let outcomes: SimulatedOutcomes?

  public var hasHeld: Bool { checks.allSatisfy(\.hasHeld) }
}
