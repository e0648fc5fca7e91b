// SPDX-License-Identifier: MIT

/// Android's memory_replay: `TID: CALL POINTER OPERANDS [BEGIN END [PRESENT]]`, times in nanoseconds.
///
/// Source: AOSP, platform/system/extras, memory_replay/MemoryTrace.cpp (`FillInEntryFromString`). A newer revision has
/// the bytes of a freed block that were present in memory as a third number, which may be -1.
struct AndroidFormat: CallFormat {
  static let origin = "Android memory_replay text"
  static let losses = ["posix_memalign, aligned_alloc and memalign are one call in the format"]

  private var timeCount: UInt64 = 0
  private var untimedCount: UInt64 = 0
  private var presentCount: UInt64 = 0

  static func recognizes(_ line: TextLine, number: UInt64) -> Bool {
    var line = line
    guard line.decimal() != nil, line.take(": ") else { return false }
    let isCall =
      line.take("malloc 0x") || line.take("calloc 0x") || line.take("realloc 0x") || line.take("memalign 0x")
      || line.take("free 0x") || line.take("thread_done 0x")
    return isCall && line.hexadecimal() != nil
  }

  mutating func read(_ line: TextLine, into calls: inout CallEmitter) throws {
    var line = line
    guard let name = line.decimal(), line.take(": ") else {
      if line.isEmpty { return }
      throw CallFault.malformed("which does not begin with a thread and a colon")
    }
    calls.threadName = name
    if line.take("malloc ") {
      let block = try pointer(&line)
      let size = try number(&line)
      try readTimes(&line, isFree: false, &calls)
      try calls.allocate(.malloc, block: block, size: size)
    } else if line.take("free ") {
      let block = try pointer(&line)
      try readTimes(&line, isFree: true, &calls)
      try calls.free(block)
    } else if line.take("calloc ") {
      let block = try pointer(&line)
      let (count, size) = (try number(&line), try number(&line))
      try readTimes(&line, isFree: false, &calls)
      try calls.allocate(block: block, count: count, size: size)
    } else if line.take("realloc ") {
      let block = try pointer(&line)
      let (former, size) = (try pointer(&line), try number(&line))
      try readTimes(&line, isFree: block == 0, &calls)
      try calls.reallocate(from: former, to: block, size: size)
    } else if line.take("memalign ") {
      let block = try pointer(&line)
      let (alignment, size) = (try number(&line), try number(&line))
      try readTimes(&line, isFree: false, &calls)
      try calls.allocate(block: block, alignment: alignment, size: size)
    } else if line.take("thread_done ") {
      _ = try pointer(&line)
      if !line.isEmpty { calls.setTime(nanoseconds: try number(&line)) }
      try calls.endThread()
    } else {
      throw CallFault.malformed("which has no call that the format knows")
    }
  }

  func describe(_ metadata: inout TraceMetadata) {
    metadata.order = timeCount > 0 && untimedCount == 0 ? .fine : .serial
    if timeCount == 0 { metadata.remarks.append("the file has no times: all are 0") }
    metadata.remarks += CountedRemark.lines([
      (timeCount > 0 ? untimedCount : 0, "calls without a time, which have that of the call before"),
      (presentCount, "calls that say how much of a block was in memory, which is not kept"),
    ])
  }

  @inline(__always)
  private func pointer(_ line: inout TextLine) throws -> UInt64 {
    line.skipSpaces()
    guard let pointer = line.address() else { throw CallFault.malformed("a pointer is missing or too large") }
    return pointer
  }

  @inline(__always)
  private func number(_ line: inout TextLine) throws -> UInt64 {
    line.skipSpaces()
    guard let number = line.decimal() else { throw CallFault.malformed("a number is missing or too large") }
    return number
  }

  /// When the call began and ended, if the line says so. A free counts from its begin, everything else from its end:
  /// only then a block is whose the record says it is.
  @inline(__always)
  private mutating func readTimes(_ line: inout TextLine, isFree: Bool, _ calls: inout CallEmitter) throws {
    line.skipSpaces()
    guard !line.isEmpty else {
      untimedCount &+= 1
      return
    }
    let (begin, end) = (try number(&line), try number(&line))
    calls.setTime(nanoseconds: isFree ? begin : end)
    timeCount &+= 1
    line.skipSpaces()
    if line.isEmpty { return }
    _ = line.take("-")
    _ = try number(&line)
    presentCount &+= 1
    line.skipSpaces()
    guard line.isEmpty else { throw CallFault.malformed("something follows the call") }
  }
}
