// SPDX-License-Identifier: MIT

/// What ACE told of itself at the end of a process, by the names of the fields in `ace.h`. A field that the library does
/// not have is not there.
public struct ACEFigures: Equatable, Sendable {
  /// Those of the whole process.
  public var process: [String: UInt64]
  /// Those of each size class, `size_class` among them; only the memory pass reads them.
  public var sizeClasses: [[String: UInt64]]
  /// What its learning layer decided, as far as it still knew, oldest first.
  public var decisions: [EngineDecision]

  public init(
    process: [String: UInt64], sizeClasses: [[String: UInt64]] = [], decisions: [EngineDecision] = []
  ) {
    self.process = process
    self.sizeClasses = sizeClasses
    self.decisions = decisions
  }
}
