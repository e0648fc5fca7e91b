// SPDX-License-Identifier: MIT

/// A text of another tool that has a call of the allocator in a line.
protocol CallFormat {
  /// What the format is called in a trace's origin.
  static var origin: String { get }
  /// What a program did and this format does not say, a line each.
  static var losses: [String] { get }

  /// Whether a line is one that only this format has; `number` counts lines from 1.
  static func recognizes(_ line: TextLine, number: UInt64) -> Bool

  init()

  /// Takes a line.
  ///
  /// - Throws: `CallFault`, and the sink's errors.
  mutating func read(_ line: TextLine, into calls: inout CallEmitter) throws

  /// Adds what the lines said of the program, and remarks about what was counted.
  func describe(_ metadata: inout TraceMetadata)
}
