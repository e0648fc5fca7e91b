// SPDX-License-Identifier: MIT

/// A server whose threads inherit the blocks of threads that ended.
enum Larson {
  static let operations = WorkloadParameter(
    "operations", default: 4_000_000, in: 2...1_000_000_000, "calls in all, divided over the threads")
  static let chunks = WorkloadParameter("chunks", default: 1000, in: 1...1_000_000, "blocks live in each thread")
  static let exchanges = WorkloadParameter(
    "exchanges", default: 50000, in: 1...100_000_000, "blocks a thread replaces before it hands its blocks on and ends")
  static let minimumSize = WorkloadParameter(
    "minimum-size", default: 8, in: 1...(1 << 20), unit: .bytes, "smallest block")
  static let maximumSize = WorkloadParameter(
    "maximum-size", default: 1000, in: 1...(1 << 20), unit: .bytes, notBelow: "minimum-size", "largest block")

  static let workload = Workload(
    name: "larson",
    summary: "a server: random replacement in each thread, whose blocks bleed to the thread that succeeds it",
    origin: """
      Larson and Krishnan, "Memory allocation for long-running server applications", ISMM 1998, as allocbench runs it: \
      1000 chunks, 50000 exchanges, so 2 % of frees are remote; sizes 8 to 1000 bytes as in mimalloc-bench
      """,
    parameters: [operations, chunks, exchanges, minimumSize, maximumSize]
  ) { settings, emitter in
    var scripts = (0..<settings.threadCount).map { lane in
      Script(
        thread: UInt32(lane), random: settings.random(thread: lane),
        sizes: settings.integer(minimumSize)...settings.integer(maximumSize), chunkCount: settings.integer(chunks),
        exchangesPerLife: settings.integer(exchanges),
        remainingExchanges: settings.share(of: operations, thread: lane) / 2)
    }
    try emitter.interleave(&scripts)
  }

  private struct Script: ThreadScript {
    var thread: UInt32
    var random: SplitMix64
    let sizes: ClosedRange<Int>
    let chunkCount: Int
    let exchangesPerLife: Int
    var remainingExchanges: Int
    var exchangesOfThisLife = 0
    var chunks: [UInt64] = []
    var isFilled = false

    mutating func advance(_ emitter: inout WorkloadEmitter) throws -> Bool {
      if !isFilled {
        chunks.append(try emitter.malloc(random.uniform(in: sizes), by: thread))
        isFilled = chunks.count == chunkCount
        return true
      }
      guard remainingExchanges > 0 else {
        guard let block = chunks.popLast() else { return false }
        try emitter.free(block, by: thread)
        return true
      }
      if exchangesOfThisLife == exchangesPerLife {
        thread = try emitter.succeedThread(thread)
        exchangesOfThisLife = 0
      }
      remainingExchanges -= 1
      exchangesOfThisLife += 1
      let index = random.uniform(below: chunks.count)
      try emitter.free(chunks[index], by: thread)
      chunks[index] = try emitter.malloc(random.uniform(in: sizes), by: thread)
      return true
    }
  }
}
