// SPDX-License-Identifier: MIT

import Events
import TestSupport
import Testing

@Suite("At original speed a replay takes as long as the original at least")
struct OriginalSpeedTests {
  @Test(arguments: [1, 3] as [UInt32])
  func pauses(threadCount: UInt32) throws {
    var events: [Event] = []
    for index in 0..<60 as Range<UInt64> {
      let thread = UInt32(index) % threadCount
      let time = index * 2_000_000
      events.append(Event(.malloc, thread: thread, block: index + 1, size: 100, nanoseconds: time))
      events.append(Event(.free, thread: thread, block: index + 1, nanoseconds: time))
    }
    let paced = try WorkerRun(try ReplayProgram(events, originalSpeed: true), [])
    let lastNanoseconds: UInt64 = 59 * 2_000_000
    #expect((paced.count("elapsed_ns") ?? 0) >= lastNanoseconds)
    #expect((paced.count("busy_ns") ?? .max) < lastNanoseconds * UInt64(threadCount))
    let unpaced = try WorkerRun(try ReplayProgram(events), [])
    #expect((unpaced.count("elapsed_ns") ?? .max) < (paced.count("elapsed_ns") ?? 0))
    #expect(unpaced.count("operations_count") == paced.count("operations_count"))
  }
}
