// SPDX-License-Identifier: MIT

/// What was counted in a simulation, beside what it may be.
public struct SimulatedCheck: Equatable, Sendable {
  /// What was counted: "REGRESS".
  public var counted: String
  public var count: Int
  /// How often it could have happened.
  public var trialCount: Int
  public var bound: SimulatedBound

  public var hasHeld: Bool { bound.holds(count) }
}
