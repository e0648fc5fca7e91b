// SPDX-License-Identifier: MIT

import Events
import TestSupport
import Testing

@testable import Trace

@Suite("Cutting, converting and describing traces")
struct TraceCutTests {
  private let events = [
    Event(.malloc, thread: 0, block: 1, size: 10, nanoseconds: 0),
    Event(.aligned, thread: 0, block: 2, size: 20, alignmentShift: 6, nanoseconds: 160),
    Event(.malloc, thread: 1, block: 3, size: 30, nanoseconds: 320),
    Event(.realloc, thread: 1, block: 3, formerBlock: 3, size: 300, nanoseconds: 480),
    Event(.free, thread: 0, block: 1, nanoseconds: 640),
    Event(.malloc, thread: 2, block: 4, size: 40, nanoseconds: 800),
    Event(.threadEnd, thread: 1, nanoseconds: 960),
    Event(.free, thread: 0, block: 3, nanoseconds: 1120),
    Event(.free, thread: 2, block: 4, nanoseconds: 1280),
  ]

  /// Events in memory as a trace.
  private struct Given: TraceSource {
    var metadata = TraceMetadata()
    let events: [Event]
    func send(to sink: any EventSink) throws { try sink.receive(events) }
  }

  private func cut(_ window: TraceCut.Window) throws -> (PackedTraceReader, [PlacedEvent], EventSummary) {
    let file = TemporaryFile()
    let summary = try TraceCut(window).cut(Given(events: events), to: file.path)
    let reader = try PackedTraceReader(path: file.path)
    let collected = CollectedPlacedEvents()
    try reader.send(to: collected as any PlacedEventSink)
    return (reader, collected.events, summary)
  }

  @Test("Live blocks are allocated first, by their threads; later frees are left out")
  func window() throws {
    let (reader, placed, summary) = try cut(.events(5..<8))
    let operations = placed.filter(\.kind.isOperation).map {
      "\($0.kind) in thread \($0.thread), slot \($0.slot), \($0.size) bytes, at \($0.nanoseconds)"
    }
    #expect(
      operations == [
        "aligned in thread 0, slot 0, 20 bytes, at 800", "malloc in thread 1, slot 1, 300 bytes, at 800",
        "malloc in thread 2, slot 2, 40 bytes, at 800", "free in thread 0, slot 1, 0 bytes, at 1120",
      ])
    #expect(placed.filter { $0.kind == .threadStart }.map(\.thread) == [1, 2])
    #expect(placed.filter { $0.kind == .threadEnd }.map(\.thread) == [1])
    #expect(summary.liveEndBlockCount == 2)
    #expect(reader.summary == summary)
    #expect(
      reader.metadata.remarks == [
        "cut to events 5 to 8 of a longer trace: 3 events",
        "2 blocks that were live when the window begins are allocated at its start",
        "2 blocks that were live when the window ends are not freed",
      ])
  }

  @Test("A window of time is that of its events")
  func time() throws {
    let (_, byTime, _) = try cut(.nanoseconds(800..<1280))
    let (_, byNumber, _) = try cut(.events(5..<8))
    #expect(byTime == byNumber)
  }

  @Test("A window of everything is the trace; one after the end holds what was live")
  func edges() throws {
    let collected = CollectedPlacedEvents()
    let placement = Placement(into: collected)
    try placement.receive(events)
    let summary = placement.finish()
    let (_, whole, wholeSummary) = try cut(.events(0..<100))
    #expect(whole == collected.events)
    #expect(wholeSummary == summary)
    let (_, rest, restSummary) = try cut(.events(100..<200))
    #expect(rest.map(\.kind) == [.threadStart, .aligned], "thread 2 never ended")
    #expect(restSummary.liveEndByteCount == 20)
  }

  @Test("A block of a thread that has ended is allocated by it, and it ends again")
  func endedThread() throws {
    let (_, placed, _) = try cut(.events(7..<9))
    #expect(placed.filter { $0.kind == .threadEnd }.count == 1)
    #expect(placed.contains { $0.kind == .free && $0.awaitsAnotherThread })
  }

  @Test("Any window of any sequence keeps the rules", arguments: 1...10 as ClosedRange<UInt64>)
  func anyWindow(seed: UInt64) throws {
    var random = RandomEvents()
    random.threadCount = 5
    random.eventCount = 2000
    let source = Given(events: random.make(seed: seed))
    let file = TemporaryFile()
    let begin = seed * 150
    try TraceCut(.events(begin..<begin + 400)).cut(source, to: file.path)
    let rules = PlacedEventRules()
    try PackedTraceReader(path: file.path).send(to: rules as any PlacedEventSink)
    #expect(rules.violations.isEmpty, "seed \(seed)")
    #expect(rules.eventCount >= 400)
  }

  @Test("Threads that appear late in a window keep their events together")
  func lateThreads() throws {
    let sequence = [4, 2, 4, 2, 0, 4] as [UInt32]
    let given = sequence.enumerated().map {
      Event(.malloc, thread: $0.element, block: UInt64($0.offset) + 1, size: 8)
    }
    let file = TemporaryFile()
    let summary = try TraceCut(.events(0..<100)).cut(Given(events: given), to: file.path)
    let collected = CollectedPlacedEvents()
    try PackedTraceReader(path: file.path).send(to: collected as any PlacedEventSink)
    #expect(collected.events.filter(\.kind.isOperation).map(\.thread) == [0, 1, 0, 1, 2, 0])
    #expect(summary.threadCount == 3)
  }

  @Test("A thread that acts after its end is not started again by a window")
  func destructors() throws {
    let given = [
      Event(.malloc, thread: 0, block: 1, size: 8), Event(.malloc, thread: 1, block: 2, size: 8),
      Event(.threadEnd, thread: 1), Event(.free, thread: 1, block: 2), Event(.malloc, thread: 0, block: 3, size: 8),
    ]
    let file = TemporaryFile()
    let summary = try TraceCut(.events(4..<5)).cut(Given(events: given), to: file.path)
    #expect(summary.threadCount == 1)
    #expect(summary.operationCount == 2)
  }

  @Test("Conversion keeps the summary, packed or not, and reports progress")
  func conversion() throws {
    let file = TemporaryFile()
    let again = TemporaryFile()
    var counts: [UInt64] = []
    let summary = try TraceConversion { counts.append($0) }.convert(Given(events: events), to: file.path)
    #expect(counts == [9])
    #expect(try TraceConversion().convert(TraceFile.open(path: file.path), to: again.path) == summary)
    #expect(file.bytes == again.bytes)
  }

  @Test("A description counts sizes, lifetimes and threads")
  func information() throws {
    let file = TemporaryFile()
    try TraceConversion().convert(Given(events: events), to: file.path)
    let information = try TraceInformation(path: file.path)
    #expect(information.summary.count(of: .malloc) == 3)
    #expect(information.histograms.eventCount == 11)
    #expect(information.histograms.threads.map(\.eventCount) == [4, 4, 3])
    #expect(information.histograms.requestCountBySizeBucket[TraceHistograms.bucket(of: 30)] == 2)
    #expect(information.histograms.requestCountBySizeBucket[TraceHistograms.bucket(of: 300)] == 1)
    // Blocks 1, 3 and 4 lived for 4, 4 and 2 operations.
    #expect(information.histograms.blockCountByLifetimeBucket[3] == 2)
    #expect(information.histograms.blockCountByLifetimeBucket[2] == 1)
    #expect(information.histograms.awaitingEventCount == 3)
    #expect(information.histograms.mostFrequentSizes(limit: 2).map(\.byteCount) == [10, 20])
    #expect(information.bytesPerEvent == Double(file.bytes.count) / 11)
  }

  @Test(
    "Buckets are powers of two", arguments: [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (.max, 64)] as [(UInt64, Int)])
  func bucket(number: UInt64, bucket: Int) {
    #expect(TraceHistograms.bucket(of: number) == bucket)
  }
}
