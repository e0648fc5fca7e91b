// SPDX-License-Identifier: MIT

import Events
import Program
import TestSupport
import Testing

@Suite("Repetitions fold, and mean the same")
struct RepeatFoldingTests {
  /// Batches of equal blocks, allocated and then freed last in first out.
  private func batches(of blockCount: Int, count: Int, size: (_ batch: Int, _ index: Int) -> UInt64) -> [Event] {
    var events: [Event] = []
    for batch in 0..<count {
      for index in 0..<blockCount {
        events.append(Event(.malloc, thread: 0, block: UInt64(index + 1), size: size(batch, index)))
      }
      for index in (0..<blockCount).reversed() { events.append(Event(.free, thread: 0, block: UInt64(index + 1))) }
    }
    return events
  }

  @Test("a periodic stream takes no more words than a few periods", arguments: [1, 2, 5, 7, 100])
  func periodic(blockCount: Int) throws {
    let program = try WrittenProgram(batches(of: blockCount, count: 1000) { _, _ in 64 })
    let decoded = try ProgramDecoder(path: program.path, memoryByteCount: 1 << 30)
    #expect(decoded.threads == Step.steps(of: program.placed))
    // A period of calls lines up with patterns after at most six periods, and one is needed to see that it repeats.
    #expect(program.header.wordCount < 16 * 4 * UInt64(blockCount) + 64)
  }

  @Test("a nearly periodic stream keeps its exceptions", arguments: 0..<30 as Range<UInt64>)
  func nearlyPeriodic(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let period = 1 + Int(random.next() % 12)
    let rarity = 2 + random.next() % 60
    let events = batches(of: period, count: 400) { _, _ in random.next() % rarity == 0 ? 32 : 64 }
    let program = try WrittenProgram(events, windowWordCapacity: seed % 2 == 0 ? 300 : 1 << 20, batchCount: 50)
    let decoded = try ProgramDecoder(path: program.path, memoryByteCount: 1 << 30)
    #expect(decoded.threads == Step.steps(of: program.placed), "seed \(seed)")
  }

  @Test("periods broken by other calls, thread ends and windows keep them", arguments: 0..<20 as Range<UInt64>)
  func interrupted(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var events: [Event] = []
    var name: UInt64 = 1000
    for thread in 0..<4 as Range<UInt32> {
      for _ in 0..<200 {
        let block = UInt64(thread) * 100 + 1
        for offset in 0..<3 as Range<UInt64> {
          events.append(Event(.malloc, thread: thread, block: block + offset, size: 16))
        }
        for offset in 0..<3 as Range<UInt64> { events.append(Event(.free, thread: thread, block: block + offset)) }
        guard random.next() % 20 == 0 else { continue }
        name += 1
        events.append(Event(.calloc, thread: thread, block: name, size: random.next() % 3))
      }
      if thread > 0 { events.append(Event(.threadEnd, thread: thread)) }
    }
    let program = try WrittenProgram(events, windowWordCapacity: 50 << (seed % 5), batchCount: 64)
    let decoded = try ProgramDecoder(path: program.path, memoryByteCount: 1 << 30)
    #expect(decoded.threads == Step.steps(of: program.placed), "seed \(seed)")
  }
}
