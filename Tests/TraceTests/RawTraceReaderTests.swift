// SPDX-License-Identifier: MIT

import Events
import TestSupport
import Testing

@testable import Trace

@Suite struct RawTraceReaderTests {
  /// Events as they come back: threads numbered by first appearance and started, times set aside.
  private func expected(_ events: [Event]) -> [Event] {
    var numbers: [UInt32: UInt32] = [:]
    var result: [Event] = []
    for var event in events {
      let next = UInt32(numbers.count)
      if numbers[event.thread] == nil {
        numbers[event.thread] = next
        if next > 0 { result.append(Event(.threadStart, thread: next)) }
      }
      event.thread = numbers[event.thread] ?? 0
      result.append(event)
    }
    return result
  }

  /// What each thread did, whatever its number.
  private func sequences(_ events: [Event]) -> Set<[String]> {
    let operations = events.filter(\.kind.isOperation)
    return Set(
      Dictionary(grouping: operations, by: \.thread).values.map { thread in
        thread.map { "\($0.kind) \($0.block) \($0.formerBlock) \($0.size) \($0.alignmentShift)" }
      })
  }

  private func withoutTimes(_ events: [Event]) -> [Event] {
    events.map { event in
      var event = event
      event.nanoseconds = 0
      return event
    }
  }

  @Test(
    "what is written in fine order is read back, event for event",
    arguments: [1, 2, 5] as [UInt32], 0..<8 as Range<UInt64>)
  func fineRoundTrip(threadCount: UInt32, seed: UInt64) throws {
    var program = RawRandomProgram(seed: seed, threadCount: threadCount)
    let events = program.events(3000)
    let writer = RawTraceWriter()
    for event in events {
      writer.write(event)
      writer.stamp += 8 << (seed * 5)
    }
    let (read, metadata) = try TemporaryRawFile(writer.bytes()).read()
    let isSame = withoutTimes(read) == expected(events)
    #expect(isSame, "seed \(seed)")
    #expect(metadata.conflictCount == 0)
    #expect(metadata.order == .fine)
  }

  @Test("what is written in coarse order comes back with every thread's own order", arguments: 0..<8 as Range<UInt64>)
  func coarseRoundTrip(seed: UInt64) throws {
    var program = RawRandomProgram(seed: seed, threadCount: 3)
    let events = program.events(3000)
    let writer = RawTraceWriter(stampInterval: 16)
    for event in events {
      writer.write(event)
      writer.stamp += 64
    }
    let (read, metadata) = try TemporaryRawFile(writer.bytes()).read()
    let isSame = sequences(read) == sequences(events)
    #expect(isSame, "seed \(seed)")
    #expect(metadata.order == .coarse)
    #expect(read.map(\.nanoseconds) == read.map(\.nanoseconds).sorted())
  }

  @Test("a thread's segments are put together in the order they were written")
  func segments() throws {
    let writer = RawTraceWriter()
    let events = (1...300).map { Event(.malloc, thread: UInt32($0 % 2), block: UInt64($0) * 64, size: 8) }
    for (index, event) in events.enumerated() {
      writer.write(event)
      writer.stamp += 8
      if index % 7 == 0 { writer.closeSegment(of: event.thread) }
    }
    #expect(withoutTimes(try TemporaryRawFile(writer.bytes()).read().events) == expected(events))
  }

  @Test("a free that is stamped before its allocation waits for it")
  func waits() throws {
    let writer = RawTraceWriter()
    writer.write(Event(.malloc, thread: 0, block: 0x100, size: 1))
    writer.stamp = 2000
    writer.write(Event(.free, thread: 1, block: 0x200))
    writer.stamp = 2080
    writer.write(Event(.malloc, thread: 0, block: 0x200, size: 2))
    let (read, metadata) = try TemporaryRawFile(writer.bytes()).read()
    #expect(read.map(\.kind) == [.malloc, .malloc, .threadStart, .free])
    #expect(metadata.conflictCount == 0)
  }

  @Test("a block given up by a realloc that took long is free for another thread before the realloc's end")
  func slowRealloc() throws {
    let writer = RawTraceWriter()
    writer.write(Event(.malloc, thread: 0, block: 0x100, size: 1))
    // The halves are far apart: the first thread lost its processor between them.
    writer.writeFirstHalf(of: 0x100, thread: 0)
    for index in 1...6000 as ClosedRange<UInt64> {
      writer.stamp += 80
      writer.write(Event(.malloc, thread: 1, block: index == 1 ? 0x100 : 0x10000 + index * 16, size: 3))
    }
    writer.stamp += 80
    writer.writeSecondHalf(to: 0x200, size: 2, thread: 0)
    let (read, metadata) = try TemporaryRawFile(writer.bytes()).read()
    #expect(read.prefix(4).map(\.kind) == [.malloc, .realloc, .threadStart, .malloc])
    #expect(metadata.conflictCount == 0)
  }

  @Test("a free whose allocation never comes is let through and counted")
  func conflict() throws {
    let writer = RawTraceWriter()
    writer.write(Event(.malloc, thread: 0, block: 0x100, size: 1))
    writer.write(Event(.free, thread: 1, block: 0x200))
    writer.write(Event(.free, thread: 0, block: 0x100))
    let (read, metadata) = try TemporaryRawFile(writer.bytes()).read()
    #expect(read.filter { $0.kind == .free }.map(\.block).sorted() == [0x100, 0x200])
    #expect(metadata.conflictCount == 1)
  }

  @Test("a realloc that failed leaves no event")
  func failedRealloc() throws {
    let writer = RawTraceWriter()
    writer.write(Event(.malloc, thread: 0, block: 0x100, size: 1))
    writer.writeFailedRealloc(of: 0x100, thread: 0)
    writer.write(Event(.free, thread: 0, block: 0x100))
    #expect(try TemporaryRawFile(writer.bytes()).read().events.map(\.kind) == [.malloc, .free])
  }

  @Test("stamps become nanoseconds by the clocks of the header")
  func times() throws {
    let writer = RawTraceWriter()
    writer.set(UInt64(1000 + 4000), at: RawLayout.endClocksOffset)
    writer.write(Event(.malloc, thread: 0, block: 0x100, size: 1))
    writer.stamp += 800
    writer.write(Event(.free, thread: 0, block: 0x100))
    // 4000 ticks took 1000 ns.
    #expect(try TemporaryRawFile(writer.bytes()).read().events.map(\.nanoseconds) == [0, 200])
  }

  @Test("the header's texts and numbers become metadata")
  func header() throws {
    let writer = RawTraceWriter()
    writer.set("program\0-x\0\0", as: .commandLine)
    writer.set("MALLOC_ARENA_MAX=1\0", as: .environment)
    writer.set("first", as: .startMemoryMap)
    writer.set("last", as: .endMemoryMap)
    writer.set(UInt64(3), at: RawLayout.lostEventCountOffset)
    let metadata = try TemporaryRawFile(writer.bytes()).read().metadata
    #expect(metadata.commandLine == ["program", "-x", ""])
    #expect(metadata.environment == ["MALLOC_ARENA_MAX=1"])
    #expect(metadata.memoryMap == "last")
    #expect(metadata.processIdentifier == 4242)
    #expect(metadata.lostEventCount == 3)
  }
}
