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

  @Test("A program whose first event is late, as in a cut trace, begins at once")
  func lateBeginning() throws {
    let hour: UInt64 = 3_600_000_000_000
    let events = [
      Event(.malloc, thread: 0, block: 1, size: 100, nanoseconds: hour),
      Event(.malloc, thread: 1, block: 2, size: 100, nanoseconds: hour + 1_000_000),
      Event(.free, thread: 0, block: 1, nanoseconds: hour + 2_000_000),
    ]
    let run = try WorkerRun(try ReplayProgram(events, originalSpeed: true), [], timeLimitSeconds: 30)
    #expect(run.ending.exitCode == 0)
    #expect((run.count("elapsed_ns") ?? 0) >= 2_000_000)
  }
}
