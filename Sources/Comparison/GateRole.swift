// SPDX-License-Identifier: MIT

/// What an arm is there for in a gate, by the name that its rows have as their allocator.
public enum GateRole: String, CaseIterable, Codable, Sendable {
  /// What the change is held against.
  case base
  /// What is judged.
  case head
  /// The base once more, from a copy of its file: between it and the base nothing may be found.
  case baseCopy = "base-copy"
  /// The base, slowed down on purpose: between it and the base something has to be found.
  case baseSlowed = "base-slowed"

  /// The arms that test the gate and not the change.
  public var isControl: Bool { self == .baseCopy || self == .baseSlowed }
}
