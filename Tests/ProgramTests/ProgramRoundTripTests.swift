// SPDX-License-Identifier: MIT

import Events
import Program
import TestSupport
import Testing

@Suite("A program decodes to the events it was made from")
struct ProgramRoundTripTests {
  @Test("on random sequences, for any number of threads and size of windows", arguments: 0..<40 as Range<UInt64>)
  func randomSequences(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var source = RandomEvents()
    source.threadCount = 1 + UInt32(random.next() % 9)
    source.eventCount = 3000
    source.liveTarget = 1 + Int(random.next() % 300)
    source.hasExtremes = seed % 2 == 0
    source.hasMistakes = seed % 3 == 0
    let program = try WrittenProgram(
      source.make(seed: seed), windowWordCapacity: [7, 100, 1000, 1 << 20][Int(seed % 4)],
      batchCount: 1 + Int(random.next() % 900))
    for memoryByteCount in [1, 1 << 14, 1 << 30] {
      let decoded = try ProgramDecoder(path: program.path, memoryByteCount: memoryByteCount)
      #expect(decoded.threads == Step.steps(of: program.placed), "seed \(seed), \(memoryByteCount) bytes of memory")
      if memoryByteCount == 1, program.header.windowCount > 2 { #expect(decoded.loadCount > 1, "seed \(seed)") }
      if memoryByteCount == 1 << 30 { #expect(decoded.loadCount == 1, "seed \(seed)") }
    }
    if seed % 4 == 0 { #expect(program.header.windowCount > 100, "seed \(seed)") }
  }

  @Test("the header states what the summary does", arguments: [1, 5] as [UInt32])
  func header(threadCount: UInt32) throws {
    var source = RandomEvents()
    source.threadCount = threadCount
    let program = try WrittenProgram(source.make(seed: 11), windowWordCapacity: 500)
    let header = try ProgramDecoder(path: program.path, memoryByteCount: 1).header
    #expect(header.threadCount == UInt64(program.summary.threadCount))
    #expect(header.slotCount == UInt64(program.summary.slotCount))
    #expect(header.operationCount == program.summary.operationCount)
    #expect(header.requestedByteCount == program.summary.requestedByteCount)
    #expect(header.livePeakByteCount == program.summary.livePeakByteCount)
    #expect(header.livePeakOperation == program.summary.livePeakOperation)
    #expect(header.largestRequestByteCount == program.summary.largestRequestByteCount)
    #expect(header.windowCount > 1)
    #expect(header.wordCount >= header.largestWindowWordCount)
    #expect(header.hasPauses == 0)
  }

  @Test("pauses stand where the original was idle for 20 microseconds, and nowhere else", arguments: [1, 2, 3])
  func pauses(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    // A cut trace begins late; that is no pause.
    let beginning = random.next() % 1_000_000_000_000
    var time: UInt64 = 0
    var events = [Event(.malloc, thread: 0, block: 1, size: 8, nanoseconds: beginning)]
    var expected = [Step.call(.malloc, slot: 0, byteCount: 8, alignmentShift: 0)]
    for block in 2...500 as ClosedRange<UInt64> {
      let gap = random.next() % 4 == 0 ? 20_000 + random.next() % 1_000_000 : random.next() % 20_000
      time += gap
      if gap >= 20_000 { expected.append(.pause(untilNanoseconds: time)) }
      events.append(Event(.malloc, thread: 0, block: block, size: 8, nanoseconds: beginning + time))
      expected.append(.call(.malloc, slot: UInt32(block - 1), byteCount: 8, alignmentShift: 0))
    }
    let program = try WrittenProgram(events, originalSpeed: true)
    let decoded = try ProgramDecoder(path: program.path, memoryByteCount: 1 << 30)
    #expect(decoded.threads == [expected], "seed \(seed)")
    #expect(decoded.header.hasPauses == 1)
  }

  @Test("an empty sequence is a program of one thread that does nothing")
  func empty() throws {
    let program = try WrittenProgram([])
    let decoded = try ProgramDecoder(path: program.path, memoryByteCount: 1 << 30)
    #expect(decoded.threads == [[]])
    #expect(decoded.header.windowCount == 0)
  }
}
