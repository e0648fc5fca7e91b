// SPDX-License-Identifier: MIT

/// One of ACE's settings with a value: `tiering=off`, `records=table`.
public struct AblationSetting: Hashable, Sendable, CustomStringConvertible {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }

  /// Reads `name=value`; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    self.init(String(parts[0]), String(parts[1]))
  }

  public var description: String { "\(name)=\(value)" }
}
