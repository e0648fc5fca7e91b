// SPDX-License-Identifier: MIT

/// Sizes that a program grows out of.
enum Drift {
  static let operations = WorkloadParameter(
    "operations", default: 12_000_000, in: 1...1_000_000_000, "calls in all, divided over the threads")
  static let slots = WorkloadParameter("slots", default: 4000, in: 1...1_000_000, "most blocks live in each thread")
  static let window = WorkloadParameter(
    "window", default: 128, in: 0...1008, unit: .bytes, "how far the sizes in use at a time lie apart")
  private static let (leastSize, greatestSize) = (16, 1024)

  static let workload = Workload(
    name: "drift",
    summary: "sizes drift from 16 bytes to 1 KiB: memory kept for sizes that are no longer asked for",
    origin:
      "programs whose records, strings or messages grow as they go on; all numbers are chosen here. Each thread leaves most "
      + "size classes behind, and what it keeps free for them is of no use",
    parameters: [operations, slots, window]
  ) { settings, emitter in
    let window = settings.integer(window)
    var scripts = (0..<settings.threadCount).map { thread in
      let share = settings.share(of: operations, thread: thread)
      return Script(
        slots: RandomSlots(
          thread: UInt32(thread), sizes: leastSize...(leastSize + window), random: settings.random(thread: thread),
          remainingOperations: share, slots: [UInt64](repeating: 0, count: settings.integer(slots))),
        operationCount: share, window: window)
    }
    try emitter.interleave(&scripts)
  }

  /// Random slots whose sizes move.
  private struct Script: ThreadScript {
    var slots: RandomSlots
    let operationCount: Int
    let window: Int

    var thread: UInt32 { slots.thread }

    mutating func advance(_ emitter: inout WorkloadEmitter) throws -> Bool {
      let way = Drift.greatestSize - Drift.leastSize - window
      let done = operationCount - slots.remainingOperations
      let least = Drift.leastSize + (operationCount == 0 ? 0 : way * done / operationCount)
      slots.sizes = least...(least + window)
      return try slots.advance(&emitter)
    }
  }
}
