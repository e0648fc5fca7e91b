// SPDX-License-Identifier: MIT

/// In which order the arms of a round run.
public enum RoundOrder: String, CaseIterable, Codable, Sendable {
  /// Each arm once, in an order drawn anew for each round.
  case random
  /// Each arm twice: in an order drawn anew, and then in its reverse. What comes from the place in the round cancels,
  /// at twice the time.
  case mirrored

  /// How many processes of each arm a round has.
  public var runsPerArm: Int { self == .mirrored ? 2 : 1 }
}
