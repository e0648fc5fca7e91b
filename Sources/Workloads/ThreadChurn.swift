// SPDX-License-Identifier: MIT

/// Thousands of short threads, as functions-as-a-service and thread-per-request servers have.
enum ThreadChurn {
  static let lives = WorkloadParameter("lives", default: 2000, in: 1...1_000_000, "threads in all")
  static let blocks = WorkloadParameter("blocks", default: 300, in: 1...1_000_000, "blocks a thread allocates")
  static let handed = WorkloadParameter(
    "handed", default: 4, in: 0...1000, "most blocks a thread leaves for the main thread to free")
  static let maximumSize = WorkloadParameter(
    "maximum-size", default: 1024, in: minimumSize...(1 << 20), unit: .bytes, "largest block; the smallest is 16 bytes")
  private static let minimumSize = 16

  static let workload = Workload(
    name: "thread-churn",
    summary: "thousands of threads that each allocate a few hundred blocks and end: what starting and ending costs",
    origin: "functions-as-a-service and thread-per-request servers; the numbers are chosen here",
    parameters: [lives, blocks, handed, maximumSize]
  ) { settings, emitter in
    var scripts = (0..<settings.threadCount).map { lane in
      Script(
        thread: UInt32(lane), random: settings.random(thread: lane),
        sizes: minimumSize...settings.integer(maximumSize), blocksPerLife: settings.integer(blocks),
        handedPerLife: settings.integer(handed), remainingLives: max(1, settings.share(of: lives, thread: lane)),
        remainingBlocks: settings.integer(blocks))
    }
    try emitter.interleave(&scripts)
  }

  /// The first life of the first lane is the main thread's.
  private struct Script: ThreadScript {
    var thread: UInt32
    var random: SplitMix64
    let sizes: ClosedRange<Int>
    let blocksPerLife: Int
    let handedPerLife: Int
    var remainingLives: Int
    var remainingBlocks: Int
    var live: [UInt64] = []

    mutating func advance(_ emitter: inout WorkloadEmitter) throws -> Bool {
      if remainingBlocks > 0, live.isEmpty || random.chance(0.6) {
        remainingBlocks -= 1
        live.append(try emitter.malloc(random.uniform(in: sizes), by: thread))
        return true
      }
      if live.count > (remainingBlocks > 0 ? 0 : handedPerLife) {
        let index = random.uniform(below: live.count)
        live.swapAt(index, live.count - 1)
        try emitter.free(live.removeLast(), by: thread)
        return true
      }
      guard remainingLives > 0 else { return false }
      return try endLife(&emitter)
    }

    private mutating func endLife(_ emitter: inout WorkloadEmitter) throws -> Bool {
      remainingLives -= 1
      let isLast = remainingLives == 0
      // The last thread of a lane is ended with all others, after it has acted for the last time.
      if !isLast { try emitter.endThread(thread) }
      for block in live { try emitter.free(block, by: 0) }
      live.removeAll(keepingCapacity: true)
      guard !isLast else { return false }
      thread = try emitter.startThread()
      remainingBlocks = blocksPerLife
      return true
    }
  }
}
