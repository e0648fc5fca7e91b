// SPDX-License-Identifier: MIT

import Events
import TestSupport
import Testing

@testable import Trace

@Suite("Packed traces")
struct PackedTraceTests {
  @Test(
    "Any sequence of events survives the round trip",
    arguments: [1, 2, 3, 7, 20] as [UInt32], 1...8 as ClosedRange<UInt64>)
  func roundTrip(threadCount: UInt32, seed: UInt64) throws {
    var random = RandomEvents()
    random.threadCount = threadCount
    random.eventCount = 4000
    random.hasExtremes = seed % 2 == 0
    random.hasMistakes = seed % 3 == 0
    let sample = try PackedSample(random.make(seed: seed))
    let reader = try PackedTraceReader(TraceBytes(sample.bytes, path: "sample"))
    #expect(reader.summary == sample.summary, "seed \(seed)")
    #expect(try PackedSample.read(sample.bytes) == sample.placed, "seed \(seed)")
  }

  @Test("Frames follow one another, and slots freed by other threads are handed over")
  func severalFrames() throws {
    var events: [Event] = []
    for block in 1...100_000 as ClosedRange<UInt64> {
      events.append(Event(.malloc, thread: 0, block: block, size: block % 700, nanoseconds: block * 160))
      if block > 3000 { events.append(Event(.free, thread: 1, block: block - 3000, nanoseconds: block * 160 + 32)) }
    }
    let sample = try PackedSample(events)
    #expect(sample.summary.crossThreadFreeCount == 97_000)
    #expect(sample.summary.slotCount < 10_000)
    #expect(try PackedSample.read(sample.bytes) == sample.placed)
  }

  @Test(
    "Traces in the corpus still mean what they meant when they were written",
    arguments: [("serial", 1, 60, 20), ("threads", 4, 120, 20), ("long", 3, 600, 20), ("deep", 1, 900, 60)]
      as [(String, UInt32, Int, Int)])
  func keptTraces(name: String, threadCount: UInt32, eventCount: Int, liveTarget: Int) throws {
    var random = RandomEvents()
    random.threadCount = threadCount
    random.eventCount = eventCount
    random.liveTarget = liveTarget
    random.hasExtremes = true
    random.hasMistakes = true
    let path = try #require(FuzzCorpus.paths.first { $0.hasSuffix("/packed-\(name).acetrace") })
    let collected = CollectedPlacedEvents()
    try PackedTraceReader(path: path).send(to: collected as any PlacedEventSink)
    #expect(try collected.events == PackedSample(random.make(seed: 7)).placed)
  }

  @Test("An empty sequence is a trace")
  func empty() throws {
    let sample = try PackedSample([])
    #expect(try PackedSample.read(sample.bytes).isEmpty)
  }

  @Test("Times are rounded down to the tick", arguments: [0, 4, 10, 63] as [UInt8])
  func ticks(tickShift: UInt8) throws {
    let times: [UInt64] = [5, 1023, 1024, 999, .max, 0]
    let events = times.enumerated().map {
      Event(.malloc, thread: 0, block: UInt64($0.offset) + 1, size: 8, nanoseconds: $0.element)
    }
    let sample = try PackedSample(events, tickShift: tickShift)
    let read = try PackedSample.read(sample.bytes)
    #expect(read.map(\.nanoseconds) == times.map { ($0 >> UInt64(tickShift)) << UInt64(tickShift) })
  }

  @Test("Metadata survives the round trip")
  func metadata() throws {
    var metadata = TraceMetadata()
    metadata.commandLine = ["program", "", "an argument"]
    metadata.environment = ["LANG=C"]
    metadata.processIdentifier = 12
    metadata.parentProcessIdentifier = 11
    metadata.startUnixNanoseconds = 1 << 60
    metadata.pageByteCount = 4096
    metadata.order = .coarse
    metadata.lostEventCount = 1
    metadata.conflictCount = 2
    metadata.unendedThreadCount = 3
    metadata.memoryMap = "00400000-00452000 r-xp 00000000 08:02 173521 /usr/bin/program\n"
    metadata.origin = "recorded"
    metadata.remarks = ["one", "two"]
    metadata.provenance = "made by hand"
    let sample = try PackedSample([], metadata: metadata)
    #expect(try PackedTraceReader(TraceBytes(sample.bytes, path: "sample")).metadata == metadata)
  }

  @Test("What can be predicted takes little room")
  func density() throws {
    var random = RandomEvents()
    random.eventCount = 50_000
    let sample = try PackedSample(random.make(seed: 4))
    #expect(sample.bytes.count < 5 * sample.placed.count, "\(sample.bytes.count) bytes")
    let repeated = (0..<100_000).flatMap { _ in
      [Event(.malloc, thread: 0, block: 1, size: 64), Event(.free, thread: 0, block: 1)]
    }
    let small = try PackedSample(repeated)
    #expect(small.bytes.count >= small.placed.count / 16, "a reader needs no more than the file allows")
    #expect(small.bytes.count < small.placed.count / 8)
    #expect(try PackedSample.read(small.bytes) == small.placed)
  }

  @Test("A file that is not finished leaves nothing behind")
  func unfinished() throws {
    let file = TemporaryFile()
    do {
      let writer = try PackedTraceWriter(path: file.path, metadata: TraceMetadata())
      try writer.receive([PlacedEvent(.malloc, thread: 0, slot: 0, size: 8)])
      #expect(file.directoryEntryCount == 1)
    }
    #expect(file.directoryEntryCount == 0)
  }

  @Test(
    "Events that no program can have made are refused by the writer",
    arguments: [
      [PlacedEvent(.free, thread: 0, slot: 0)],
      [PlacedEvent(.malloc, thread: 0, slot: 1, size: 1)],
      [PlacedEvent(.malloc, thread: 0, slot: 0, size: 1), PlacedEvent(.malloc, thread: 0, slot: 0, size: 1)],
      [PlacedEvent(.malloc, thread: 0, slot: 0, size: 1 << 48)],
      [PlacedEvent(.malloc, thread: 1, slot: 0, size: 1)],
      [PlacedEvent(.threadStart, thread: 1)],
      [PlacedEvent(.threadStart, thread: 2, awaitedThread: 0)],
      [PlacedEvent(.threadStart, thread: 1, awaitedThread: 0, awaitedCount: 1)],
      [
        PlacedEvent(.malloc, thread: 0, slot: 0, size: 1), PlacedEvent(.threadStart, thread: 1, awaitedThread: 0),
        PlacedEvent(.free, thread: 1, slot: 0),
      ],
    ])
  func refused(events: [PlacedEvent]) throws {
    let file = TemporaryFile()
    let writer = try PackedTraceWriter(path: file.path, metadata: TraceMetadata())
    #expect(throws: TraceError.self) { try writer.receive(events) }
  }

  @Test("Slots and awaits other than the expected ones are kept")
  func exceptions() throws {
    let events = [
      PlacedEvent(.malloc, thread: 0, slot: 0, size: 8),
      PlacedEvent(.aligned, thread: 0, slot: 1, size: 8, alignmentShift: 6),
      PlacedEvent(.malloc, thread: 0, slot: 2, size: 9),
      PlacedEvent(.threadStart, thread: 1, awaitedThread: 0, awaitedCount: 1),
      PlacedEvent(.free, thread: 0, slot: 0), PlacedEvent(.free, thread: 0, slot: 1),
      PlacedEvent(.calloc, thread: 0, slot: 0, size: 7),
      PlacedEvent(.aligned, thread: 1, slot: 1, size: 70, alignmentShift: 12, awaitedThread: 0, awaitedCount: 6),
      PlacedEvent(.realloc, thread: 1, slot: 2, size: 100),
      PlacedEvent(.threadEnd, thread: 1),
      PlacedEvent(.free, thread: 1, slot: 2),
    ]
    let file = TemporaryFile()
    let writer = try PackedTraceWriter(path: file.path, metadata: TraceMetadata(), tickShift: 0)
    try writer.receive(events)
    var summary = EventSummary()
    for event in events { summary.countByKind[Int(event.kind.rawValue)] += 1 }
    summary.threadCount = 2
    summary.slotCount = 3
    summary.liveEndBlockCount = 2
    try writer.finish(summary: summary)
    #expect(try PackedSample.read(file.bytes) == events)
  }
}
