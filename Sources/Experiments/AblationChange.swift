// SPDX-License-Identifier: MIT

/// One of ACE's settings, and the value that it has in place of the base's.
public struct AblationChange: Codable, Hashable, Sendable {
  public var name: String
  public var value: String
  public var baseValue: String

  public init(_ name: String, _ value: String, insteadOf baseValue: String) {
    (self.name, self.value, self.baseValue) = (name, value, baseValue)
  }

  /// As an arm's switches have it.
  var setting: String { "\(name)=\(value)" }
}
