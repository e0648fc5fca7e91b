// SPDX-License-Identifier: MIT

import Events

@testable import Trace

/// Small raw traces with which the fuzzer begins, kept in the corpus in the form of `RawInput`.
enum RawSeed: String, CaseIterable {
  case single, threads, coarse, open, reallocs, segments, disorder, forked, stacks

  var fileName: String { "raw-\(rawValue).bin" }

  /// The trace as the recorder would have written it.
  var trace: [UInt8] {
    switch self {
    case .single: random(threadCount: 1, eventCount: 60).bytes()
    case .threads: random(threadCount: 4, eventCount: 120, endsThreads: true).bytes()
    case .coarse: random(threadCount: 3, eventCount: 120, stampInterval: 16).bytes()
    case .open: openSegments()
    case .reallocs: reallocs()
    case .segments: segments()
    case .disorder: disorder()
    case .forked: forked()
    case .stacks: stacks()
    }
  }

  private func random(
    threadCount: UInt32, eventCount: Int, stampInterval: Int = 1, endsThreads: Bool = false
  ) -> RawTraceWriter {
    var program = RawRandomProgram(seed: 11, threadCount: threadCount)
    let writer = RawTraceWriter(stampInterval: stampInterval)
    for event in program.events(eventCount) {
      writer.write(event)
      writer.stamp += 48
    }
    for thread in 1..<max(threadCount, 1) where endsThreads {
      writer.write(Event(.threadEnd, thread: thread))
      writer.closeSegment(of: thread)
    }
    // A destructor of thread-local data.
    if endsThreads { writer.write(Event(.malloc, thread: 1, block: 0x7000_0000_0010, size: 40)) }
    return writer
  }

  /// A program that was killed.
  private func openSegments() -> [UInt8] {
    let writer = random(threadCount: 2, eventCount: 40)
    writer.set(UInt32(0), at: RawLayout.flagsOffset)
    return writer.bytes()
  }

  /// Reallocs that fail, that take long while the block that went in goes to another thread, and one without an end.
  private func reallocs() -> [UInt8] {
    let writer = RawTraceWriter()
    writer.write(Event(.malloc, thread: 0, block: 0x1000, size: 100))
    writer.writeFailedRealloc(of: 0x1000, thread: 0)
    writer.writeFirstHalf(of: 0x1000, thread: 0)
    for (index, block) in ([0x1000, 0x2008, 0x3000] as [UInt64]).enumerated() {
      writer.stamp += 80
      writer.write(Event(.calloc, thread: 1, block: block, size: UInt64(index)))
    }
    writer.stamp += 80
    writer.writeSecondHalf(to: 0x4000, size: 1 << 40, thread: 0)
    writer.write(Event(.realloc, thread: 1, block: 0x2008, formerBlock: 0x2008, size: 7))
    writer.writeSecondHalf(to: 0x5000, size: 8, thread: 0)
    writer.writeFirstHalf(of: 0x3000, thread: 1)
    return writer.bytes()
  }

  /// Segments of two threads in turns within a chunk.
  private func segments() -> [UInt8] {
    let writer = RawTraceWriter()
    for index in 1...24 as ClosedRange<UInt64> {
      let thread = UInt32(index % 2)
      writer.write(Event(.aligned, thread: thread, block: index * 4096, size: index, alignmentShift: 12))
      writer.stamp += 24
      if index % 3 == 0 { writer.closeSegment(of: thread) }
    }
    return writer.bytes()
  }

  /// Threads that wait for one another: stamps against the order of calls, and a free of a block never allocated.
  private func disorder() -> [UInt8] {
    let writer = RawTraceWriter()
    for index in 1...12 as ClosedRange<UInt64> {
      writer.stamp = 1000 + index * 100
      writer.write(Event(.free, thread: 1, block: index * 64))
      writer.write(Event(.malloc, thread: 2, block: index * 64, size: 3))
      writer.stamp += 40
      writer.write(Event(.malloc, thread: 0, block: index * 64, size: 2))
    }
    writer.write(Event(.free, thread: 3, block: 0x9990))
    return writer.bytes()
  }

  /// A child that frees what its parent allocated, sampled, with events lost.
  private func forked() -> [UInt8] {
    let writer = RawTraceWriter()
    writer.set(UInt32(4000), at: RawLayout.parentProcessOffset)
    writer.set(RawLayout.partialFlag, at: RawLayout.flagsOffset)
    writer.set(UInt64(4096), at: RawLayout.sampleByteCountOffset)
    writer.set(UInt64(9), at: RawLayout.lostEventCountOffset)
    for index in 1...9 as ClosedRange<UInt64> {
      writer.write(Event(.free, thread: UInt32(index % 3), block: index * 48))
      writer.stamp += 8
      writer.write(Event(.malloc, thread: 0, block: index * 512, size: index))
    }
    return writer.bytes()
  }

  /// Allocations with stacks of their own, and the definitions of those.
  private func stacks() -> [UInt8] {
    let writer = RawTraceWriter()
    writer.makeStacks(kind: 1, method: 2, depth: 16)
    writer.addModule(0x40_0000..<0x41_0000, fileOffset: 0x1000, path: "/opt/program", firstNode: 2)
    var stack = writer.addStack(address: 1, parent: 0)
    for index in 1...9 as ClosedRange<UInt64> {
      stack = writer.addStack(address: 0x40_0000 + index * 32, parent: stack)
      writer.write(Event(.malloc, thread: UInt32(index % 2), block: index * 512, size: index, stack: stack))
      writer.stamp += 80
    }
    writer.write(Event(.realloc, thread: 0, block: 0x9000, formerBlock: 0x200, size: 16, stack: stack))
    return writer.bytes()
  }
}
