// SPDX-License-Identifier: MIT

/// What is counted for each stack of a profile.
public struct ProfileMeasure: Hashable, Sendable {
  public enum Unit: String, Hashable, Sendable {
    case count
    case bytes
    case nanoseconds
  }

  /// A word or several, as files and titles show it, such as `cycles` or `allocated bytes`; no two of a profile are alike.
  public var name: String
  public var unit: Unit
  /// Whether the values of two stacks may be added up. The highest memory of each of two stacks may not: they may have had
  /// theirs at different times.
  public var isAdditive: Bool

  public init(name: String, unit: Unit, isAdditive: Bool = true) {
    self.name = name
    self.unit = unit
    self.isAdditive = isAdditive
  }
}
