// SPDX-License-Identifier: MIT

/// Slots that are free to use again.
///
/// A slot whose block was freed by the thread that allocated it goes back to that thread, last in first out: the table
/// stays small and warm. A slot freed by another thread goes into a queue for everybody, because taking it means
/// waiting for that thread; it is taken only from a long queue, so that the wait is nearly always over already
/// and threads are not coupled more closely than the program coupled them.
struct SlotPool {
  /// A free slot, and how far the thread that freed it had come when it did.
  struct FreeSlot {
    var slot: UInt32
    var thread: UInt32
    var performedCount: UInt64
  }

  /// The queue length below which a new slot is better than a wait.
  static let handoverDistance = 1024
  /// Slots taken from the queue at a time, when one thread gave them back in a row.
  static let handoverRun = 32

  private var own: [[UInt32]] = []
  private var queue: [FreeSlot] = []
  private var queueHead = 0
  private(set) var slotCount: UInt32 = 0

  /// A slot for a new block of `thread`; a slot that another thread gave back comes with that thread's progress.
  mutating func take(for thread: UInt32) -> FreeSlot {
    prepare(thread)
    if let slot = own[Int(thread)].popLast() {
      return FreeSlot(slot: slot, thread: thread, performedCount: 0)
    }
    if queue.count - queueHead > Self.handoverDistance { return takeFromQueue(for: thread) }
    defer { slotCount += 1 }
    return FreeSlot(slot: slotCount, thread: thread, performedCount: 0)
  }

  /// Takes a run of slots that one thread gave back, so that one wait serves them all.
  private mutating func takeFromQueue(for thread: UInt32) -> FreeSlot {
    let first = queue[queueHead]
    var last = first
    queueHead += 1
    for _ in 1..<Self.handoverRun where queue[queueHead].thread == first.thread {
      last = queue[queueHead]
      own[Int(thread)].append(last.slot)
      queueHead += 1
    }
    return FreeSlot(slot: first.slot, thread: first.thread, performedCount: last.performedCount)
  }

  /// Gives a slot back after its block was freed by the thread that allocated it.
  mutating func give(_ slot: UInt32, to thread: UInt32) {
    prepare(thread)
    own[Int(thread)].append(slot)
  }

  /// Gives a slot back after its block was freed by another thread, or by one that has ended.
  mutating func giveToAll(_ slot: FreeSlot) {
    if queueHead >= 4 * Self.handoverDistance, queueHead * 2 >= queue.count {
      queue.removeFirst(queueHead)
      queueHead = 0
    }
    queue.append(slot)
  }

  /// Hands what an ended thread had over to the others.
  mutating func release(_ thread: UInt32, performedCount: UInt64) {
    prepare(thread)
    for slot in own[Int(thread)] {
      giveToAll(FreeSlot(slot: slot, thread: thread, performedCount: performedCount))
    }
    own[Int(thread)] = []
  }

  private mutating func prepare(_ thread: UInt32) {
    while own.count <= Int(thread) { own.append([]) }
  }
}
