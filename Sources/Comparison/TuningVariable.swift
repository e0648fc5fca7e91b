// SPDX-License-Identifier: MIT

/// Something that a search may move.
public struct TuningVariable: Equatable, Sendable {
  public var name: String
  /// What ACE does unless told otherwise.
  public var initial: String
  /// The other values that are tried.
  public var levels: [String]

  public init(_ name: String, initial: String, levels: [String]) {
    self.name = name
    self.initial = initial
    self.levels = levels
  }

  public var settings: [TuningSetting] { levels.map { TuningSetting(name, $0) } }
}
