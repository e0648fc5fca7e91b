// SPDX-License-Identifier: MIT

/// A setting of ACE held against another one, and the arms that differ in it alone.
public struct AblationContrast: Hashable, Sendable {
  /// What is set: `tiering`, `engine`, `purge-delay-ms`.
  public var name: String
  /// The value whose worth is asked for, such as `on`.
  public var with: String
  /// What it is held against, such as `off`.
  public var without: String
  /// The candidate has it, the base does not.
  public var arms: ComparedArms

  public init(name: String, with: String, without: String, arms: ComparedArms) {
    (self.name, self.with, self.without, self.arms) = (name, with, without, arms)
  }

  /// "tiering: on against off".
  public var words: String { "\(name): \(with) against \(without)" }
}
