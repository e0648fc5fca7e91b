// SPDX-License-Identifier: MIT

/// Threads that die at the end of every phase and leave survivors behind.
enum Phases {
  static let phases = WorkloadParameter("phases", default: 25, in: 1...100_000, "generations of threads")
  static let blocks = WorkloadParameter(
    "blocks", default: 40000, in: 1...10_000_000, "blocks of a phase, divided over its threads")
  static let kept = WorkloadParameter(
    fraction: "kept", default: 0.25, in: 0...1, "share of blocks that stay live to the end of their phase")
  static let survivors = WorkloadParameter(
    "survivors", default: 1000, in: 1...1_000_000, "blocks that outlive their thread at any time")

  static let workload = Workload(
    name: "phases",
    summary: "all threads end at every phase; survivors are freed phases later by threads that never knew their owner",
    origin:
      "mimalloc-bench's mstress: 25 phases, threads die at each, and 1 %, 0.1 % and 0.01 % of blocks are 100, 1000 "
      + "and 10000 times the common size; the rest is chosen here",
    parameters: [phases, blocks, kept, survivors]
  ) { settings, emitter in
    let pool = SurvivorPool(capacity: settings.integer(survivors))
    var scripts = (0..<settings.threadCount).map { lane in
      Script(
        thread: UInt32(lane), random: settings.random(thread: lane),
        blocksPerPhase: settings.share(of: blocks, thread: lane), kept: settings.fraction(kept), pool: pool,
        remainingPhases: settings.integer(phases), remainingBlocks: settings.share(of: blocks, thread: lane))
    }
    try emitter.interleave(&scripts)
    for block in pool.blocks where block != 0 { try emitter.free(block, by: 0) }
  }

  /// Share of blocks that go among the survivors.
  private static let survivorShare = 1.0 / 16

  /// Blocks handed from phase to phase, 0 where there is none.
  private final class SurvivorPool {
    var blocks: [UInt64]
    init(capacity: Int) { blocks = [UInt64](repeating: 0, count: capacity) }
  }

  private struct Script: ThreadScript {
    var thread: UInt32
    var random: SplitMix64
    let blocksPerPhase: Int
    let kept: Double
    let pool: SurvivorPool
    var remainingPhases: Int
    var remainingBlocks: Int
    var live: [UInt64] = []

    mutating func advance(_ emitter: inout WorkloadEmitter) throws -> Bool {
      if remainingBlocks > 0 {
        remainingBlocks -= 1
        try exchange(emitter.calloc(size(), by: thread), &emitter)
        return true
      }
      if let block = live.popLast() {
        try emitter.free(block, by: thread)
        return true
      }
      guard remainingPhases > 1 else { return false }
      remainingPhases -= 1
      remainingBlocks = blocksPerPhase
      thread = try emitter.succeedThread(thread)
      return true
    }

    /// Keeps a new block, or puts it among the survivors and frees the one it displaces; else frees one of this phase.
    private mutating func exchange(_ block: UInt64, _ emitter: inout WorkloadEmitter) throws {
      if random.chance(survivorShare) {
        let index = random.uniform(below: pool.blocks.count)
        let displaced = pool.blocks[index]
        pool.blocks[index] = block
        if displaced != 0 { try emitter.free(displaced, by: thread) }
        return
      }
      live.append(block)
      guard !random.chance(kept) else { return }
      let index = random.uniform(below: live.count)
      try emitter.free(live[index], by: thread)
      live.swapAt(index, live.count - 1)
      live.removeLast()
    }

    private mutating func size() -> Int {
      let common = 8 * random.uniform(in: 1...16)
      let draw = random.uniform(below: 10000)
      if draw < 1 { return common * 10000 }
      if draw < 11 { return common * 1000 }
      return draw < 111 ? common * 100 : common
    }
  }
}
