// SPDX-License-Identifier: MIT

/// What a gate found of one metric of one cell.
public enum FindingVerdict: String, Codable, Sendable {
  case pass = "PASS"
  case regress = "REGRESS"
  case inconclusive = "INCONCLUSIVE"
  /// It was measured, and the settings say that it does not count.
  case ignored = "IGNORED"
  /// It was measured beside what counts.
  case reported = "REPORTED"

  /// Whether it has a say in the gate's verdict.
  public var counts: Bool { self != .ignored && self != .reported }
}
