// SPDX-License-Identifier: MIT

import TestSupport
import Testing

@Suite("The memory pass")
struct MemoryPassTests {
  @Test("has points at equal steps, at the peak and at the end", arguments: [1, 7, 50, 2500, 10_000])
  func timeline(pointCount: UInt64) throws {
    let program = try ReplayProgram.random(seed: 31, eventCount: 5000)
    let run = try WorkerRun(program, ["--pass", "memory", "--timeline-points", String(pointCount)])
    let indexes = run.reply.timeline.map(\.operationIndex)
    let last = program.summary.operationCount
    let step = (last + pointCount - 1) / pointCount
    #expect(indexes == indexes.sorted())
    let expected = Set(stride(from: 0, through: last, by: Int(step))).union([last, program.summary.livePeakOperation])
    #expect(Set(indexes) == expected)
    let times = run.reply.timeline.map(\.elapsedNanoseconds)
    #expect(times == times.sorted())
    #expect(run.reply.timeline.first?.liveByteCount == 0)
    #expect(run.reply.timeline.last?.liveByteCount == program.summary.liveEndByteCount)
  }

  @Test("has its points in order when threads race for them", arguments: 0..<4 as Range<UInt64>)
  func racingThreads(seed: UInt64) throws {
    let program = try ReplayProgram.random(seed: seed, threadCount: 8)
    let run = try WorkerRun(program, ["--pass", "memory", "--timeline-points", "4000"])
    let indexes = run.reply.timeline.map(\.operationIndex)
    #expect(indexes == indexes.sorted(), "seed \(seed)")
    #expect(run.reply.timeline.last?.liveByteCount == program.summary.liveEndByteCount, "seed \(seed)")
  }

  @Test("finds the peak that the program has", arguments: 0..<6 as Range<UInt64>)
  func livePeak(seed: UInt64) throws {
    let program = try ReplayProgram.random(seed: seed)
    let run = try WorkerRun(program, ["--pass", "memory"])
    #expect(run.count("live_peak_bytes") == program.summary.livePeakByteCount, "seed \(seed)")
    #expect((run.count("usable_at_live_peak_bytes") ?? 0) >= program.summary.livePeakByteCount, "seed \(seed)")
    #expect(run.reply.timeline.map(\.liveByteCount).max() == program.summary.livePeakByteCount, "seed \(seed)")
  }

  @Test("tells no usable size for an allocator that does not")
  func unknownUsableSize() throws {
    let run = try WorkerRun(try ReplayProgram.random(seed: 32), ["--pass", "memory", "--allocator", "floor"])
    #expect(run.count("live_peak_bytes") != nil)
    #expect(run.count("usable_at_live_peak_bytes") == nil)
  }

  @Test("sees what touched blocks hold, and reads again after each delay")
  func resident() throws {
    // 64 MB, touched in every page, then freed.
    let program = try ReplayProgram.batches(1, of: 1000, byteCount: 64_000)
    let run = try WorkerRun(program, ["--pass", "memory", "--drain", "10,30"])
    let peak = run.count("rss_peak_bytes") ?? 0
    // The C library's heap is the worker's too: a block or two may lie in what the worker has left free.
    let least: UInt64 = 64_000_000 - 2 * 64_000
    #expect((least..<80_000_000).contains(peak))
    #expect((run.count("rss_at_live_peak_bytes") ?? 0) <= peak)
    #expect((run.count("rss_at_live_peak_bytes") ?? 0) >= least)
    #expect((run.count("vmsize_peak_bytes") ?? 0) >= least)
    for name in ["rss_drained_10ms_bytes", "rss_drained_30ms_bytes", "rss_start_bytes", "rss_end_bytes"] {
      #expect(run.count(name) != nil, "\(name)")
    }
    #expect(run.count("rss_drained_100ms_bytes") == nil)
  }
}
