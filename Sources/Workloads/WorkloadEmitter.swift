// SPDX-License-Identifier: MIT

import Events

/// Emits a workload's events, naming blocks and threads by serial numbers.
struct WorkloadEmitter {
  private var events: EventEmitter
  private var blockCount: UInt64 = 0
  private var threadCount: UInt32 = 1
  /// The time given to the events that follow.
  var nanoseconds: UInt64 = 0

  init(into sink: any EventSink) { events = EventEmitter(into: sink) }

  mutating func malloc(_ size: Int, by thread: UInt32) throws -> UInt64 {
    try allocate(.malloc, size, by: thread)
  }

  mutating func calloc(_ size: Int, by thread: UInt32) throws -> UInt64 {
    try allocate(.calloc, size, by: thread)
  }

  mutating func aligned(_ size: Int, alignmentShift: UInt8, by thread: UInt32) throws -> UInt64 {
    try allocate(.aligned, size, alignmentShift: alignmentShift, by: thread)
  }

  /// The block keeps its name.
  mutating func realloc(_ block: UInt64, _ size: Int, by thread: UInt32) throws {
    try events.emit(
      Event(
        .realloc, thread: thread, block: block, formerBlock: block, size: UInt64(truncatingIfNeeded: size),
        nanoseconds: nanoseconds))
  }

  mutating func free(_ block: UInt64, by thread: UInt32) throws {
    try events.emit(Event(.free, thread: thread, block: block, nanoseconds: nanoseconds))
  }

  /// Starts a thread on behalf of the thread that acted last.
  mutating func startThread() throws -> UInt32 {
    let thread = threadCount
    threadCount += 1
    try events.emit(Event(.threadStart, thread: thread, nanoseconds: nanoseconds))
    return thread
  }

  /// Ends a thread; the main thread goes on to the end of the program.
  mutating func endThread(_ thread: UInt32) throws {
    guard thread != 0 else { return }
    try events.emit(Event(.threadEnd, thread: thread, nanoseconds: nanoseconds))
  }

  /// Lets a thread start another as its last act, and returns the new one.
  mutating func succeedThread(_ thread: UInt32) throws -> UInt32 {
    let successor = try startThread()
    try endThread(thread)
    return successor
  }

  mutating func finish() throws { try events.finish() }

  private mutating func allocate(
    _ kind: Event.Kind, _ size: Int, alignmentShift: UInt8 = 0, by thread: UInt32
  ) throws -> UInt64 {
    blockCount += 1
    try events.emit(
      Event(
        kind, thread: thread, block: blockCount, size: UInt64(truncatingIfNeeded: size),
        alignmentShift: alignmentShift, nanoseconds: nanoseconds))
    return blockCount
  }
}
