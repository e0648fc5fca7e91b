// SPDX-License-Identifier: MIT

import Events

/// Turns calls, as other tools write them down, into events.
///
/// Calls that failed, and frees of no block, change nothing and are left out; a realloc of no block is a malloc, one to
/// no bytes that gave no block a free. What no allocator can have been asked for is refused. Frees of blocks that are
/// not live are `Placement`'s to judge.
struct CallEmitter {
  /// Who makes the next calls, in the tool's words. Threads are numbered by their first events: one whose calls are all
  /// left out never was.
  var threadName: UInt64 = 0
  /// Allocations that gave no block.
  private(set) var failedCallCount: UInt64 = 0
  /// Alignments that were no power of two, and were rounded up to one, as the C libraries do.
  private(set) var roundedAlignmentCount: UInt64 = 0
  /// Times before one that stood earlier in the file, which took its place.
  private(set) var earlierTimeCount: UInt64 = 0

  private var emitter: EventEmitter
  private var threads = ThreadNumbers()
  private var nanoseconds: UInt64 = 0
  private var firstNanoseconds: UInt64?

  init(into sink: any EventSink) { emitter = EventEmitter(into: sink) }

  /// Sets the time of the next calls, on any clock: events count from the first time that is set.
  @inline(__always)
  mutating func setTime(nanoseconds time: UInt64) {
    let first = firstNanoseconds ?? time
    if firstNanoseconds == nil { firstNanoseconds = time }
    if time >= first, time &- first >= nanoseconds {
      nanoseconds = time &- first
    } else {
      earlierTimeCount += 1
    }
  }

  @inline(__always)
  mutating func allocate(_ kind: Event.Kind, block: UInt64, size: UInt64) throws {
    guard block != 0 else {
      failedCallCount += 1
      return
    }
    guard size <= PackedFormat.sizeLimit else { throw CallFault.malformed("a request of \(size) bytes") }
    try emitter.emit(
      Event(kind, thread: threads.number(of: threadName), block: block, size: size, nanoseconds: nanoseconds))
  }

  /// A calloc of a number of items.
  mutating func allocate(block: UInt64, count: UInt64, size: UInt64) throws {
    let (product, overflows) = count.multipliedReportingOverflow(by: size)
    guard !overflows || block == 0 else { throw CallFault.malformed("a request of more than 64 bits of bytes") }
    try allocate(.calloc, block: block, size: product)
  }

  mutating func allocate(block: UInt64, alignment: UInt64, size: UInt64) throws {
    guard block != 0, alignment > 0 else { return try allocate(.malloc, block: block, size: size) }
    var shift = UInt8(UInt64.bitWidth - 1 - alignment.leadingZeroBitCount)
    if alignment.nonzeroBitCount > 1 {
      shift += 1
      roundedAlignmentCount += 1
    }
    guard shift <= PackedFormat.alignmentShiftLimit else { throw CallFault.malformed("an alignment of \(alignment)") }
    guard size <= PackedFormat.sizeLimit else { throw CallFault.malformed("a request of \(size) bytes") }
    try emitter.emit(
      Event(
        .aligned, thread: threads.number(of: threadName), block: block, size: size, alignmentShift: shift,
        nanoseconds: nanoseconds))
  }

  @inline(__always)
  mutating func reallocate(from formerBlock: UInt64, to block: UInt64, size: UInt64) throws {
    if formerBlock == 0 { return try allocate(.malloc, block: block, size: size) }
    if block == 0, size == 0 { return try free(formerBlock) }
    guard block != 0 else {
      failedCallCount += 1
      return
    }
    guard size <= PackedFormat.sizeLimit else { throw CallFault.malformed("a request of \(size) bytes") }
    try emitter.emit(
      Event(
        .realloc, thread: threads.number(of: threadName), block: block, formerBlock: formerBlock, size: size,
        nanoseconds: nanoseconds))
  }

  @inline(__always)
  mutating func free(_ block: UInt64) throws {
    if block != 0 {
      try emitter.emit(Event(.free, thread: threads.number(of: threadName), block: block, nanoseconds: nanoseconds))
    }
  }

  /// Ends the thread; one that comes under its name later is another.
  mutating func endThread() throws {
    try emitter.emit(Event(.threadEnd, thread: threads.number(of: threadName), nanoseconds: nanoseconds))
    threads.end(threadName)
  }

  /// Hands over what is left; to be called once, at the end.
  mutating func finish() throws { try emitter.finish() }

  /// What happened on the way that a reader of the trace should know, a line each.
  var remarks: [String] {
    CountedRemark.lines([
      (failedCallCount, "calls that gave no block, left out"),
      (roundedAlignmentCount, "alignments that were no power of two, rounded up to one"),
      (earlierTimeCount, "times before one that stands earlier in the file, which took their place"),
    ])
  }
}
