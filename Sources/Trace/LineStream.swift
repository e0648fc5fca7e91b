// SPDX-License-Identifier: MIT

import Glibc

/// The lines of a content, in constant memory.
struct LineStream: ~Copyable {
  /// Bytes of a line at most.
  static let lineByteLimit = 1 << 20
  private static let chunkByteCount = 1 << 18

  private let content: any ContentStream
  private let path: String
  /// Holds the line that is being read and what was read ahead, in `begin..<end`.
  private let window: UnsafeMutableBufferPointer<UInt8>
  private let start: UnsafeMutablePointer<UInt8>
  private var begin = 0
  private var end = 0
  private var hasEnded = false
  /// Where in the content the window begins.
  private var windowOffset: UInt64 = 0
  /// Where in the content the last line begins.
  private var lineOffset: UInt64 = 0
  /// The number of the last line, from 1.
  private(set) var lineNumber: UInt64 = 0
  /// Whether the content ended within a line, which is left out: nobody knows what it would have become.
  private(set) var endsWithinLine = false

  init(_ content: any ContentStream, path: String) {
    self.content = content
    self.path = path
    let byteCount = Self.lineByteLimit + Self.chunkByteCount
    start = .allocate(capacity: byteCount)
    window = UnsafeMutableBufferPointer(start: start, count: byteCount)
  }

  deinit { start.deallocate() }

  /// The next line without its end, or nil after the last.
  mutating func next() throws(TraceError) -> TextLine? {
    while true {
      if begin < end, let newline = memchr(start + begin, 10, end - begin) {
        let lineBegin = begin
        var lineEnd = UnsafeRawPointer(start).distance(to: newline)
        begin = lineEnd + 1
        lineNumber &+= 1
        lineOffset = windowOffset &+ UInt64(lineBegin)
        if lineEnd > lineBegin, start[lineEnd - 1] == 13 { lineEnd -= 1 }
        return TextLine(
          UnsafeRawBufferPointer(start: start + lineBegin, count: lineEnd - lineBegin), orEmptyAt: start)
      }
      if hasEnded {
        endsWithinLine = begin < end
        return nil
      }
      try fill()
    }
  }

  /// What is wrong with the last line.
  func fault(_ what: String) -> TraceError {
    .malformed(path: path, byteOffset: lineOffset, what: "line \(lineNumber), \(what)")
  }

  /// Reads more behind what is left of the window, which moves to its begin.
  private mutating func fill() throws(TraceError) {
    let rest = end - begin
    if rest > Self.lineByteLimit {
      lineNumber += 1
      lineOffset = windowOffset + UInt64(begin)
      throw fault("more than \(Self.lineByteLimit) bytes long")
    }
    if begin > 0, rest > 0 { memmove(start, start + begin, rest) }
    windowOffset += UInt64(begin)
    begin = 0
    end = rest
    let room = UnsafeMutableRawBufferPointer(
      rebasing: UnsafeMutableRawBufferPointer(window)[rest..<min(window.count, rest + Self.chunkByteCount)])
    let count = try content.read(into: room)
    end += count
    hasEnded = count == 0
  }
}
