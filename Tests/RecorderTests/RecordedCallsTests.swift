// SPDX-License-Identifier: MIT

import Events
import Testing
import Trace

@Suite struct RecordedCallsTests {
  /// The kind and size of every allocation that the program made on purpose, in order.
  private func marked(_ events: [Event]) -> [String] {
    events.filter { $0.size >= 700_000 && $0.size < 1_500_000 }.map { event in
      "\(event.kind) \(event.size)" + (event.kind == .aligned ? " \(event.alignmentShift)" : "")
    }
  }

  @Test("every function of the family is recorded once, with its size", arguments: ["fine", "coarse"])
  func family(order: String) throws {
    let program = RecordedProgram("\(RecordedProgram.calls) family", settings: ["ACERECORD_ORDER=\(order)"])
    #expect(program.status == 0)
    let (events, metadata) = try program.read()
    #expect(
      marked(events) == [
        "malloc 700001", "calloc 700002", "malloc 700003", "malloc 700004", "realloc 1400004", "malloc 700005",
        "malloc 700006", "realloc 1400006", "aligned 700032 6", "aligned 700008 12", "aligned 700009 12",
        "aligned 700416 12", "aligned 700011 7", "malloc 700012",
      ])
    let summary = try Replayed(events).summary
    #expect(summary.unmatchedFreeCount == 0)
    #expect(summary.missedFreeCount == 0)
    #expect(summary.liveEndByteCount < 700_000)
    #expect(metadata.conflictCount == 0)
    #expect(metadata.order == (order == "fine" ? .fine : .coarse))
    #expect(metadata.commandLine == [RecordedProgram.calls, "family"])
    #expect(metadata.environment.contains { $0.hasPrefix("LD_PRELOAD=") })
    #expect(metadata.memoryMap.contains("recorded-calls"))
  }

  @Test("calls that fail leave no event, and errno as the C library set it")
  func failures() throws {
    let program = RecordedProgram("\(RecordedProgram.calls) failures")
    #expect(program.status == 0)
    let (events, _) = try program.read()
    #expect(marked(events) == ["malloc 700001"])
    #expect(try Replayed(events).summary.liveEndByteCount < 700_000)
  }

  @Test("blocks that threads hand over are freed after they are allocated", arguments: ["fine", "coarse"])
  func handOver(order: String) throws {
    let program = RecordedProgram("\(RecordedProgram.calls) hand-over", settings: ["ACERECORD_ORDER=\(order)"])
    #expect(program.status == 0)
    let (events, metadata) = try program.read()
    let summary = try Replayed(events).summary
    #expect(summary.crossThreadFreeCount >= 19_000)
    #expect(summary.unmatchedFreeCount == 0)
    #expect(summary.missedFreeCount == 0)
    #expect(summary.threadCount == 2)
    #expect(metadata.conflictCount == 0)
  }

  @Test("threads that free and reallocate one another's blocks are put in order without a conflict")
  func contention() throws {
    let program = RecordedProgram("\(RecordedProgram.calls) contend")
    #expect(program.status == 0)
    let (events, metadata) = try program.read()
    #expect(events.count { $0.kind == .malloc } >= 200_000)
    let summary = try Replayed(events).summary
    #expect(summary.unmatchedFreeCount == 0)
    #expect(summary.missedFreeCount == 0)
    #expect(metadata.conflictCount == 0)
  }

  @Test("two thousand threads fit in a small file, each with its end and what it freed at its end")
  func churn() throws {
    let program = RecordedProgram("\(RecordedProgram.calls) churn")
    #expect(program.status == 0)
    let (events, metadata) = try program.read()
    let late = Set(events.filter { $0.size == 7001 }.map(\.thread))
    #expect(late.count == 2000)
    #expect(events.count { $0.kind == .threadEnd } == 2000)
    let summary = try Replayed(events).summary
    #expect(summary.unmatchedFreeCount == 0)
    #expect(summary.threadCount == 2001)
    #expect(metadata.unendedThreadCount == 0)
    #expect(program.byteCount() < 1 << 20)
  }

  @Test("what was recorded outlives a kill")
  func killed() throws {
    let program = RecordedProgram("\(RecordedProgram.calls) killed")
    #expect(program.status & 0x7f == 9)
    let (events, metadata) = try program.read()
    #expect(events.count { $0.size == 7001 } == 100_000)
    #expect(try Replayed(events).summary.unmatchedFreeCount == 0)
    #expect(metadata.unendedThreadCount == 1)
    #expect(metadata.remarks.contains { $0.contains("killed") })
  }

  @Test("a full disk costs events and nothing else")
  func full() throws {
    // The limit counts in units of 512 bytes: the header and one chunk fit.
    let program = RecordedProgram("\(RecordedProgram.calls) many 400000", before: "ulimit -f 800")
    #expect(program.status == 0)
    #expect(program.output.isEmpty)
    let (events, metadata) = try program.read()
    let recordedCount = events.count { $0.kind.isOperation }
    #expect(recordedCount > 10_000)
    #expect(metadata.lostEventCount > 0)
    #expect(recordedCount + Int(metadata.lostEventCount) >= 800_000)
    #expect(recordedCount + Int(metadata.lostEventCount) < 800_100)
  }

  @Test("a program that closes every file it does not know goes on, and so does its record")
  func closedFile() throws {
    let program = RecordedProgram("\(RecordedProgram.calls) close")
    #expect(program.status == 0)
    let (events, metadata) = try program.read()
    #expect(events.count { $0.size == 7001 } == 300_000)
    #expect(metadata.lostEventCount == 0)
  }
}
