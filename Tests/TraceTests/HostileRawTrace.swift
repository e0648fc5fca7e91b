// SPDX-License-Identifier: MIT

import Events

@testable import Trace

/// Raw traces that no recorder writes: any stamps, any number of threads, each with one short segment.
struct HostileRawTrace {
  /// What one thread is said to have done.
  struct Thread {
    var baseStamp: UInt64
    /// Mallocs and frees, each with the ticks since the one before it.
    var steps: [(event: Event, ticks: UInt64)]
  }

  let bytes: [UInt8]

  init(_ threads: [Thread]) {
    let segments = threads.enumerated().map { Self.segment(of: $0.element, number: UInt32($0.offset)) }
    let used = segments.reduce(0) { $0 + $1.count }
    var chunkByteCount = 4096
    while chunkByteCount < used { chunkByteCount *= 2 }
    let writer = RawTraceWriter(chunkByteCount: chunkByteCount)
    var bytes = writer.bytes()
    for segment in segments { bytes += segment }
    bytes += repeatElement(0, count: chunkByteCount - used)
    for index in 0..<8 {
      bytes[RawLayout.committedByteCountOffset + index] = UInt8(truncatingIfNeeded: bytes.count >> (8 * index))
    }
    self.bytes = bytes
  }

  private static func segment(of thread: Thread, number: UInt32) -> [UInt8] {
    let capacity = RawSegment.headerByteCount + (thread.steps.count + 2) * RawEncoder.largestEventByteCount
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity, alignment: 64)
    defer { memory.deallocate() }
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    guard let start = memory.baseAddress else { return [] }
    RawSegment.open(at: start, thread: number, sequence: 0, baseStamp: thread.baseStamp)
    // The encoder's stamps never go back; the reader's are told to go on as far as a number can say.
    var encoder = RawEncoder(start: start + RawSegment.headerByteCount, end: start + capacity, baseStamp: 0)
    var stamp: UInt64 = 0
    for (event, ticks) in thread.steps {
      stamp &+= ticks << RawLayout.stampShift
      let isFree = event.kind == .free
      encoder.append(
        isFree ? .free : .malloc, address: event.block, size: isFree ? nil : event.size, stamp: stamp)
    }
    let byteCount = encoder.cursor - start - RawSegment.headerByteCount
    RawSegment.close(at: start, byteCount: UInt32(byteCount))
    return Array(memory.prefix(RawSegment.stride(byteCount: byteCount)))
  }
}
