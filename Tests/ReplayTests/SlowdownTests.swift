// SPDX-License-Identifier: MIT

import TestSupport
import Testing

@Suite("A worker that wastes time on purpose")
struct SlowdownTests {
  @Test("does the same operations, and takes longer by far", arguments: [1, 3] as [UInt32])
  func slower(threadCount: UInt32) throws {
    let program = try ReplayProgram.random(seed: 5, threadCount: threadCount, eventCount: 60_000)
    let plain = try (0..<5).map { _ in try WorkerRun(program, ["--repeat", "2"]) }
    let slowed = try WorkerRun(program, ["--repeat", "2", "--slowdown", "60"])
    #expect(slowed.ending.exitCode == 0)
    for name in ["operations_count", "requested_bytes"] { #expect(slowed.count(name) == plain[0].count(name)) }
    // Sixty times as long, beside the fastest of five: no machine makes up for that.
    let fastest = try #require(plain.compactMap { $0.count("elapsed_ns") }.min())
    #expect(try #require(slowed.count("elapsed_ns")) > 10 * fastest)
  }

  @Test("of nothing is none")
  func zero() throws {
    let program = try ReplayProgram.random(seed: 5)
    let run = try WorkerRun(program, ["--slowdown", "0"])
    #expect(run.ending.exitCode == 0)
    #expect(run.count("operations_count") == program.summary.operationCount)
  }

  @Test("is refused where it is no fraction", arguments: ["-0.1", "nan", "inf", "a tenth", "", "0x"])
  func refused(fraction: String) throws {
    let run = try WorkerRun(try ReplayProgram.random(seed: 5), ["--slowdown", fraction])
    #expect(run.ending.exitCode == 64)
    #expect(run.count("elapsed_ns") == nil)
    #expect(
      String(decoding: run.ending.standardOutput + run.ending.standardErrorTail, as: UTF8.self)
        .contains("--slowdown takes a fraction, not \(fraction)"))
  }
}
