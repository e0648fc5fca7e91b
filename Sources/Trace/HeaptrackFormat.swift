// SPDX-License-Identifier: MIT

/// What heaptrack's library writes, before heaptrack_interpret: a letter and numbers in base sixteen.
///
/// Source: KDE/heaptrack, src/track/libheaptrack.cpp: `v` version and version of the format, `x` program, `X` command
/// line, `I` page size and pages, `+` size, trace and pointer, `-` pointer, `c` milliseconds since the start; `t`
/// traces, `m` modules, `R` resident pages, `S` suppressions and `A` (attached) are of no interest here. The
/// interpreted form names classes of allocations in place of pointers, so that lifetimes cannot be had from it.
struct HeaptrackFormat: CallFormat {
  static let origin = "heaptrack raw"
  static let losses = [
    "threads are not in the format: every call is made by one thread",
    "times are known to about 10 ms",
    "calloc and aligned allocations are mallocs in the format, and a realloc is a free and a malloc",
    "a realloc to no bytes is not in the format: its block counts as never freed, or freed when its address comes again",
  ]

  private static let version: UInt64 = 3
  private static let interpreted = CallFault.unsuitable(
    what: "interpreted by heaptrack, which takes the blocks' addresses away",
    remedy: "record with 'heaptrack --raw', and give the raw file")

  private var isVersionKnown = false
  private var commandLine: [String] = []
  private var pageByteCount: UInt32 = 0

  static func recognizes(_ line: TextLine, number: UInt64) -> Bool {
    var line = line
    return number == 1 && line.take("v ") && line.hexadecimal() != nil && line.take(" ") && line.hexadecimal() != nil
      && line.isEmpty
  }

  mutating func read(_ line: TextLine, into calls: inout CallEmitter) throws {
    var line = line
    let letter = line.first
    line.skip(1)
    switch letter {
    case UInt8(ascii: "+"):
      let size = try number(&line)
      if line.isEmpty { throw Self.interpreted }
      _ = try number(&line)
      try calls.allocate(.malloc, block: try number(&line), size: size)
    case UInt8(ascii: "-"): try calls.free(try number(&line))
    case UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "R"), UInt8(ascii: "S"), UInt8(ascii: "x"),
      UInt8(ascii: "A"), UInt8(ascii: "#"):
      return
    case UInt8(ascii: "c"):
      let (nanoseconds, overflows) = try number(&line).multipliedReportingOverflow(by: 1_000_000)
      guard !overflows else { throw CallFault.malformed("a time past all limits") }
      calls.setTime(nanoseconds: nanoseconds)
    case UInt8(ascii: "v"):
      try readVersion(&line)
      // Its clock begins with the program.
      calls.setTime(nanoseconds: 0)
    case UInt8(ascii: "X"): commandLine = line.text.split(separator: " ").map(String.init)
    case UInt8(ascii: "I"): pageByteCount = UInt32(exactly: try number(&line)) ?? 0
    case UInt8(ascii: "s"), UInt8(ascii: "i"), UInt8(ascii: "a"): throw Self.interpreted
    default:
      // An empty line has no letter.
      guard letter == 0, line.isEmpty else { throw CallFault.malformed("which begins with no letter of heaptrack's") }
    }
    guard isVersionKnown || letter == 0 else { throw CallFault.malformed("before which no version is told") }
  }

  func describe(_ metadata: inout TraceMetadata) {
    metadata.commandLine = commandLine
    metadata.pageByteCount = pageByteCount
    metadata.order = .serial
  }

  /// The number after a space.
  @inline(__always)
  private func number(_ line: inout TextLine) throws -> UInt64 {
    guard line.take(" "), let number = line.hexadecimal() else {
      throw CallFault.malformed("a number is missing or too large")
    }
    return number
  }

  private mutating func readVersion(_ line: inout TextLine) throws {
    _ = try number(&line)
    let version = try number(&line)
    guard version == Self.version else {
      throw CallFault.unsupportedVersion(
        found: UInt32(truncatingIfNeeded: version), supported: UInt32(Self.version)...UInt32(Self.version))
    }
    isVersionKnown = true
  }
}
