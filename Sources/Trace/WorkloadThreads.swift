// SPDX-License-Identifier: MIT

/// The threads of a glibc workload as they take turns: each makes one call, unless it waits.
struct WorkloadThreads {
  /// Where the operation begins that is or was being performed.
  private(set) var place = 0
  /// Synchronisations that were awaited.
  private(set) var awaitedCount: UInt64 = 0

  private let header: WorkloadHeader
  /// How far each thread has come.
  private var threads: [WorkloadCursor]
  /// Threads that can go on, in the order of their turns.
  private var running: [Int]
  /// Threads that wait, by what they wait for.
  private var waiting: [UInt64: [Int]] = [:]
  private var waitingCount = 0
  /// A bit for each index that has been written.
  private var written: [UInt64]

  init(_ header: WorkloadHeader, ranges: [Range<Int>]) {
    self.header = header
    threads = ranges.map { WorkloadCursor($0) }
    running = Array(threads.indices)
    written = [UInt64](repeating: 0, count: Int(header.syncCount / 64) + 1)
  }

  /// Performs everything.
  mutating func run(_ bytes: UnsafeRawBufferPointer, into calls: inout CallEmitter) throws {
    var turn = 0
    while !running.isEmpty {
      if turn >= running.count { turn = 0 }
      let index = running[turn]
      // A thread that ends or waits leaves its turn to the last one.
      if try advance(index, bytes, &calls) {
        turn += 1
      } else {
        running.swapAt(turn, running.count - 1)
        running.removeLast()
      }
    }
    guard waitingCount == 0 else {
      let stuck = waiting.min { $0.key < $1.key }
      throw CallFault.malformed("\(waitingCount) threads wait forever, for synchronisation \(stuck?.key ?? 0)")
    }
  }

  /// Performs a thread's operations up to its next call; false when it cannot go on.
  private mutating func advance(
    _ index: Int, _ bytes: UnsafeRawBufferPointer, _ calls: inout CallEmitter
  ) throws -> Bool {
    var cursor = threads[index]
    defer { threads[index] = cursor }
    while true {
      place = cursor.position
      let code = try cursor.byte(of: bytes)
      guard let operation = WorkloadOperation(rawValue: code) else { throw CallFault.malformed("operation \(code)") }
      switch operation {
      case .none: continue
      case .done:
        calls.threadName = UInt64(index)
        try calls.endThread()
        return false
      case .writeSync: write(try sync(&cursor, bytes))
      case .readSync:
        let sync = try sync(&cursor, bytes)
        awaitedCount += 1
        guard !isWritten(sync) else { continue }
        waiting[sync, default: []].append(index)
        waitingCount += 1
        return false
      case .malloc, .calloc, .realloc, .free, .memalign:
        calls.threadName = UInt64(index)
        try perform(operation, &cursor, bytes, &calls)
        return true
      case .pointerCount, .syncCount, .threadCount, .startThread:
        throw CallFault.malformed("operation \(code), which belongs in the header, in a thread")
      case .valloc, .pvalloc, .posixMemalign:
        throw CallFault.malformed("operation \(code), whose operands trace_run does not know either")
      }
    }
  }

  @inline(__always)
  private func perform(
    _ operation: WorkloadOperation, _ cursor: inout WorkloadCursor, _ bytes: UnsafeRawBufferPointer,
    _ calls: inout CallEmitter
  ) throws {
    let block = try pointer(&cursor, bytes)
    switch operation {
    case .malloc: try calls.allocate(.malloc, block: block, size: try cursor.number(of: bytes))
    case .calloc: try calls.allocate(.calloc, block: block, size: try cursor.number(of: bytes))
    case .realloc:
      let former = try pointer(&cursor, bytes)
      try calls.reallocate(from: former, to: block, size: try cursor.number(of: bytes))
    case .memalign:
      let alignment = try cursor.number(of: bytes)
      try calls.allocate(block: block, alignment: alignment, size: try cursor.number(of: bytes))
    default: try calls.free(block)
    }
  }

  /// A pointer; trace_run, too, takes an index that is equal to the count.
  @inline(__always)
  private func pointer(_ cursor: inout WorkloadCursor, _ bytes: UnsafeRawBufferPointer) throws(CallFault) -> UInt64 {
    let pointer = try cursor.number(of: bytes)
    guard pointer <= header.pointerCount else {
      throw .malformed("pointer \(pointer) of \(header.pointerCount)")
    }
    return pointer
  }

  private func sync(_ cursor: inout WorkloadCursor, _ bytes: UnsafeRawBufferPointer) throws(CallFault) -> UInt64 {
    let sync = try cursor.number(of: bytes)
    guard sync <= header.syncCount else { throw .malformed("synchronisation \(sync) of \(header.syncCount)") }
    return sync
  }

  private func isWritten(_ sync: UInt64) -> Bool { written[Int(sync / 64)] >> (sync % 64) & 1 == 1 }

  private mutating func write(_ sync: UInt64) {
    written[Int(sync / 64)] |= 1 << (sync % 64)
    guard let woken = waiting.removeValue(forKey: sync) else { return }
    waitingCount -= woken.count
    running += woken
  }
}
