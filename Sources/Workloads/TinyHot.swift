// SPDX-License-Identifier: MIT

/// The fast path of malloc and free and nothing else.
enum TinyHot {
  static let size = WorkloadParameter("size", default: 64, in: 1...65536, unit: .bytes, "size of every block")
  static let batch = WorkloadParameter(
    "batch", default: 100, in: 1...1_000_000, "blocks allocated in a row before all are freed")
  static let iterations = WorkloadParameter(
    "iterations", default: 60000, in: 1...10_000_000, "batches in all, divided over the threads")

  static let workload = Workload(
    name: "tiny-hot",
    summary: "the fast path: a batch of equal small blocks is allocated, then freed last in first out",
    origin: "the ACE paper's tiny-hot, with its arguments 64 100 60000",
    parameters: [size, batch, iterations], emit: emit)

  private static func emit(_ settings: WorkloadSettings, _ emitter: inout WorkloadEmitter) throws {
    var scripts = (0..<settings.threadCount).map { thread in
      Script(
        thread: UInt32(thread), size: settings.integer(size), batch: settings.integer(batch),
        remainingIterations: settings.share(of: iterations, thread: thread))
    }
    try emitter.interleave(&scripts)
  }

  private struct Script: ThreadScript {
    let thread: UInt32
    let size: Int
    let batch: Int
    var remainingIterations: Int
    var live: [UInt64] = []
    var isFreeing = false

    mutating func advance(_ emitter: inout WorkloadEmitter) throws -> Bool {
      guard remainingIterations > 0 else { return false }
      if isFreeing {
        try emitter.free(live.removeLast(), by: thread)
        guard live.isEmpty else { return true }
        isFreeing = false
        remainingIterations -= 1
      } else {
        live.append(try emitter.malloc(size, by: thread))
        isFreeing = live.count == batch
      }
      return true
    }
  }
}
