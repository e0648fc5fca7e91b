// SPDX-License-Identifier: MIT

import Events
import TestSupport
import Testing

@Suite("A program larger than its memory is read in windows")
struct WindowTests {
  /// Enough for several windows, with threads that come and go and free one another's blocks.
  private func program(threadCount: UInt32) throws -> ReplayProgram {
    try ReplayProgram.random(seed: 21, threadCount: threadCount, eventCount: 900_000)
  }

  @Test("and gives the same counts", arguments: [1, 8] as [UInt32])
  func sameCounts(threadCount: UInt32) throws {
    let program = try program(threadCount: threadCount)
    #expect(program.header.windowCount > 1)
    for pass in ["time", "memory"] {
      let whole = try WorkerRun(program, ["--pass", pass])
      let parts = try WorkerRun(program, ["--pass", pass, "--program-memory", "1"])
      #expect(parts.ending.exitCode == 0)
      for name in ["operations_count", "requested_bytes"] {
        #expect(whole.count(name) == parts.count(name), "\(pass) pass, \(name)")
      }
      if threadCount == 1 { #expect(whole.count("live_peak_bytes") == parts.count("live_peak_bytes")) }
    }
  }

  @Test("again for every repetition", arguments: [1, 8] as [UInt32])
  func repetitions(threadCount: UInt32) throws {
    let program = try program(threadCount: threadCount)
    let run = try WorkerRun(program, ["--program-memory", "1", "--repeat", "2", "--warmup", "1"])
    #expect(run.count("operations_count") == 2 * program.summary.operationCount)
  }
}
