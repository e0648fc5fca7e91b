// SPDX-License-Identifier: MIT

/// A thread with slots of its own: each step picks a slot at random and frees what it holds, or fills it when it is
/// empty; at the end all slots are emptied.
struct RandomSlots: ThreadScript {
  let thread: UInt32
  var sizes: ClosedRange<Int>
  var random: SplitMix64
  var remainingOperations: Int
  /// The block in each slot, 0 for none.
  var slots: [UInt64]

  /// One script for each thread, the operations divided among them.
  static func scripts(
    _ settings: WorkloadSettings, operations: WorkloadParameter, slots: WorkloadParameter, sizes: ClosedRange<Int>
  ) -> [RandomSlots] {
    (0..<settings.threadCount).map { thread in
      RandomSlots(
        thread: UInt32(thread), sizes: sizes, random: settings.random(thread: thread),
        remainingOperations: settings.share(of: operations, thread: thread),
        slots: [UInt64](repeating: 0, count: settings.integer(slots)))
    }
  }

  mutating func advance(_ emitter: inout WorkloadEmitter) throws -> Bool {
    guard remainingOperations > 0 else { return try drain(&emitter) }
    remainingOperations -= 1
    let slot = random.uniform(below: slots.count)
    if slots[slot] != 0 {
      try emitter.free(slots[slot], by: thread)
      slots[slot] = 0
    } else {
      slots[slot] = try emitter.malloc(random.uniform(in: sizes), by: thread)
    }
    return true
  }

  private mutating func drain(_ emitter: inout WorkloadEmitter) throws -> Bool {
    while let block = slots.popLast() {
      guard block != 0 else { continue }
      try emitter.free(block, by: thread)
      return true
    }
    return false
  }
}
