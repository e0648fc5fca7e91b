// SPDX-License-Identifier: MIT

import Events
import TestSupport
import Testing

@testable import Trace

@Suite("From a raw trace to a packed one")
struct RawRoundTripTests {
  /// What a program asked for, by the plainest means.
  private struct Expected {
    var countByKind = [UInt64](repeating: 0, count: Event.Kind.allCases.count)
    var livePeakByteCount: UInt64 = 0
    var live: [UInt64: UInt64] = [:]

    init(_ events: [Event]) {
      var liveByteCount: UInt64 = 0
      for event in events {
        countByKind[Int(event.kind.rawValue)] += 1
        let given = event.kind == .free ? event.block : event.formerBlock
        liveByteCount -= live.removeValue(forKey: given) ?? 0
        guard event.kind.isAllocation else { continue }
        live[event.block] = event.size
        liveByteCount += event.size
        livePeakByteCount = max(livePeakByteCount, liveByteCount)
      }
    }
  }

  /// A form of raw trace, and how many threads its program has.
  struct Form: Sendable {
    var threadCount: UInt32
    var stampInterval: Int
    var chunkByteCount = 4096
  }

  @Test(
    "Calls, the live peak and the blocks left live are those of the program",
    arguments: [
      Form(threadCount: 1, stampInterval: 1), Form(threadCount: 1, stampInterval: 4),
      Form(threadCount: 1, stampInterval: 16), Form(threadCount: 2, stampInterval: 1),
      Form(threadCount: 7, stampInterval: 1, chunkByteCount: 8192),
    ], 1...4 as ClosedRange<UInt64>)
  func roundTrip(form: Form, seed: UInt64) throws {
    var program = RawRandomProgram(seed: seed, threadCount: form.threadCount)
    let events = program.events(2500)
    let writer = RawTraceWriter(chunkByteCount: form.chunkByteCount, stampInterval: form.stampInterval)
    for event in events {
      writer.write(event)
      writer.stamp += 8 << (seed * 4)
    }
    for thread in 1..<max(form.threadCount, 1) { writer.write(Event(.threadEnd, thread: thread)) }
    let file = TemporaryFile()
    let raw = try TraceFile.open(TraceBytes(writer.bytes(), path: "raw"))
    let summary = try TraceConversion().convert(raw, to: file.path)

    let reader = try PackedTraceReader(path: file.path)
    let collected = CollectedPlacedEvents()
    try reader.send(to: collected as any PlacedEventSink)
    var expected = Expected(events)
    expected.countByKind[Int(Event.Kind.threadStart.rawValue)] = UInt64(form.threadCount) - 1
    // The thread whose event comes first is the first of the trace, which ends with it.
    expected.countByKind[Int(Event.Kind.threadEnd.rawValue)] = UInt64(form.threadCount) - 1
    if events.first?.thread != 0 { expected.countByKind[Int(Event.Kind.threadEnd.rawValue)] -= 1 }
    #expect(reader.metadata.conflictCount == 0, "seed \(seed)")
    #expect(reader.summary == summary, "seed \(seed)")
    #expect(summary.countByKind == expected.countByKind, "seed \(seed)")
    #expect(summary.livePeakByteCount == expected.livePeakByteCount, "seed \(seed)")
    #expect(summary.unmatchedFreeCount + summary.missedFreeCount == 0, "seed \(seed)")

    var live: [UInt32: UInt64] = [:]
    for event in collected.events where event.kind.isOperation {
      live[event.slot] = event.kind == .free ? nil : event.size
    }
    #expect(live.values.sorted() == expected.live.values.sorted(), "seed \(seed)")
  }
}
