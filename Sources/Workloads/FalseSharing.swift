// SPDX-License-Identifier: MIT

/// Neighbouring small blocks given to different threads, which free them and allocate again.
enum FalseSharing {
  static let size = WorkloadParameter("size", default: 8, in: 1...4096, unit: .bytes, "size of every block")
  static let blocks = WorkloadParameter("blocks", default: 4, in: 1...10000, "blocks given to each thread in a round")
  static let repetitions = WorkloadParameter(
    "repetitions", default: 8, in: 0...10000, "allocations and frees a thread makes for each block it was given")
  static let rounds = WorkloadParameter("rounds", default: 25000, in: 1...10_000_000, "rounds, divided by the threads")

  static let workload = Workload(
    name: "false-sharing",
    summary: "small neighbours go to different threads, which free and allocate again: who shares a cache line",
    origin: "the shape of Hoard's cache-scratch and cache-thrash as in mimalloc-bench, whose blocks are of 1 byte; "
      + "the counts are chosen here",
    parameters: [size, blocks, repetitions, rounds], emit: emit)

  private static func emit(_ settings: WorkloadSettings, _ emitter: inout WorkloadEmitter) throws {
    let size = settings.integer(size)
    let threads = 0..<settings.threadCount
    var given = [[UInt64]](repeating: [], count: threads.count)
    for round in 0..<max(1, settings.integer(rounds) / threads.count) {
      // Dealt out like cards, so that neighbours in memory go to different threads.
      for _ in 0..<settings.integer(blocks) {
        for thread in threads { given[thread].append(try emitter.malloc(size, by: 0)) }
      }
      if round == 0 { for _ in threads.dropFirst() { _ = try emitter.startThread() } }
      for thread in threads {
        for block in given[thread] {
          try emitter.free(block, by: UInt32(thread))
          for _ in 0..<settings.integer(repetitions) {
            let own = try emitter.malloc(size, by: UInt32(thread))
            try emitter.free(own, by: UInt32(thread))
          }
        }
        given[thread].removeAll(keepingCapacity: true)
      }
    }
    for thread in threads.dropFirst() { try emitter.endThread(UInt32(thread)) }
  }
}
