// SPDX-License-Identifier: MIT

/// How an arm came out that tests the gate itself.
public struct ControlFinding: Codable, Equatable, Sendable {
  public var role: GateRole
  /// Whether the gate saw what it had to see.
  public var hasHeld: Bool
  public var roundCount: Int
  /// control ÷ base in what the cell is judged by.
  public var ratio: Double?
  public var lowRatio: Double?
  public var highRatio: Double?
  /// One-sided, of having lost no more than is tolerated.
  public var probability: Double?
}
