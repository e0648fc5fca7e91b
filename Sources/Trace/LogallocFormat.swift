// SPDX-License-Identifier: MIT

/// Firefox's logalloc, `PID [TID] CALL(ARGUMENTS)[=RESULT]`: as it was written, with addresses, and munged, with
/// `#NUMBER`.
///
/// Source: gecko-dev, memory/replace/logalloc: README, LogAlloc.cpp, replay/logalloc_munge.py. Only the process of the
/// first call is read, as logalloc-replay does.
struct LogallocFormat: CallFormat {
  static let origin = "Firefox logalloc"
  static let losses = ["times are not in the format: all are 0", "when threads ended is not in the format"]

  private var process: UInt64?
  private var otherProcessCount: UInt64 = 0
  private var otherLineCount: UInt64 = 0
  private var pageCount: UInt64 = 0

  static func recognizes(_ line: TextLine, number: UInt64) -> Bool {
    var line = line
    guard line.decimal() != nil, line.take(" ") else { return false }
    if line.decimal() != nil { guard line.take(" ") else { return false } }
    return [
      "malloc(", "calloc(", "realloc(", "free(", "posix_memalign(", "aligned_alloc(", "memalign(", "valloc(",
      "jemalloc_stats(",
    ].contains { line.hasPrefix($0) }
  }

  mutating func read(_ line: TextLine, into calls: inout CallEmitter) throws {
    var line = line
    // The log may go to the same place as what the program says.
    guard let process = line.decimal(), line.take(" ") else {
      if !line.isEmpty { otherLineCount += 1 }
      return
    }
    // The oldest logs do not name the thread.
    let name = line.decimal()
    if name != nil { guard line.take(" ") else { throw CallFault.malformed("a call is missing") } }
    if self.process == nil { self.process = process }
    guard process == self.process else {
      otherProcessCount += 1
      return
    }
    calls.threadName = name ?? 0
    try readCall(&line, &calls)
  }

  func describe(_ metadata: inout TraceMetadata) {
    metadata.processIdentifier = UInt32(exactly: process ?? 0) ?? 0
    metadata.remarks += CountedRemark.lines([
      (otherProcessCount, "calls of other processes, left out"),
      (otherLineCount, "lines that are no calls of an allocator, left out"),
      (pageCount, "blocks of valloc, taken to be aligned to 4096 bytes"),
    ])
  }

  private mutating func readCall(_ line: inout TextLine, _ calls: inout CallEmitter) throws {
    if line.take("malloc(") {
      let size = try number(&line)
      try calls.allocate(.malloc, block: try result(&line), size: size)
    } else if line.take("free(") {
      let block = try pointer(&line)
      guard line.take(")"), line.isEmpty else { throw CallFault.malformed("the call of free is not complete") }
      try calls.free(block)
    } else if line.take("calloc(") {
      let (count, size) = (try number(&line), try next(&line))
      try calls.allocate(block: try result(&line), count: count, size: size)
    } else if line.take("realloc(") {
      let (former, size) = (try pointer(&line), try next(&line))
      try calls.reallocate(from: former, to: try result(&line), size: size)
    } else if line.take("posix_memalign(") || line.take("aligned_alloc(") || line.take("memalign(") {
      let (alignment, size) = (try number(&line), try next(&line))
      try calls.allocate(block: try result(&line), alignment: alignment, size: size)
    } else if line.take("valloc(") {
      let size = try number(&line)
      pageCount += 1
      try calls.allocate(block: try result(&line), alignment: 4096, size: size)
    } else {
      otherLineCount += line.take("jemalloc_stats()") ? 0 : 1
    }
  }

  private func number(_ line: inout TextLine) throws -> UInt64 {
    guard let number = line.decimal() else { throw CallFault.malformed("a number is missing or too large") }
    return number
  }

  /// The number after a comma.
  private func next(_ line: inout TextLine) throws -> UInt64 {
    guard line.take(",") else { throw CallFault.malformed("an argument is missing") }
    return try number(&line)
  }

  /// An address, or the number that stands for one.
  private func pointer(_ line: inout TextLine) throws -> UInt64 {
    guard let pointer = line.take("#") ? line.decimal() : line.address() else {
      throw CallFault.malformed("a pointer is missing or too large")
    }
    return pointer
  }

  /// What a call gave; a munged one that failed says nothing.
  private func result(_ line: inout TextLine) throws -> UInt64 {
    guard line.take(")") else { throw CallFault.malformed("the call is not complete") }
    if line.isEmpty { return 0 }
    guard line.take("=") else { throw CallFault.malformed("the call's result is missing") }
    let block = try pointer(&line)
    guard line.isEmpty else { throw CallFault.malformed("something follows the call") }
    return block
  }
}
