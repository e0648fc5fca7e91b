// SPDX-License-Identifier: MIT

/// The state of a `Placement`, and the rules for each kind of event.
///
/// A struct, so that the compiler and not the running program makes sure that accesses to its fields do not overlap.
struct Placer: ~Copyable {
  /// What was placed since the last `removePlaced`.
  private(set) var placed: [PlacedEvent] = []
  private var blocks = BlockTable()
  private var slots = SlotPool()
  private var threads: [ThreadProgress] = []
  private var lastThread: UInt32 = 0
  private var liveByteCount: UInt64 = 0
  private var operationCount: UInt64 = 0
  private var summary = EventSummary()
  private var firstNanoseconds: UInt64?
  private var lastNanoseconds: UInt64 = 0

  mutating func place(_ events: [Event]) {
    placed.reserveCapacity(events.count + events.count / 8)
    for event in events { place(event) }
  }

  mutating func removePlaced() { placed.removeAll(keepingCapacity: true) }

  func isLive(_ block: UInt64) -> Bool { blocks.find(block) != nil }

  mutating func finish() -> EventSummary {
    summary.threadCount = UInt32(threads.count)
    summary.slotCount = slots.slotCount
    summary.liveEndBlockCount = UInt64(blocks.count)
    summary.liveEndByteCount = liveByteCount
    summary.elapsedNanoseconds = lastNanoseconds - (firstNanoseconds ?? lastNanoseconds)
    return summary
  }

  private mutating func place(_ recorded: Event) {
    if firstNanoseconds == nil { firstNanoseconds = recorded.nanoseconds }
    lastNanoseconds = max(lastNanoseconds, recorded.nanoseconds)
    var event = recorded
    guard ensureStarted(&event) else { return }
    switch event.kind {
    case .threadStart: break
    case .threadEnd: end(event)
    case .free: free(event)
    case .realloc: reallocate(event)
    case .malloc, .calloc, .aligned: allocate(event, as: event.kind)
    }
    lastThread = event.thread
  }

  /// Starts the thread of an event that has none running, or finds another for it; false when there is nothing to do.
  private mutating func ensureStarted(_ event: inout Event) -> Bool {
    while threads.count <= Int(event.thread) { threads.append(ThreadProgress()) }
    switch threads[Int(event.thread)].state {
    case .running: break
    case .ended:
      guard event.kind.isOperation else { return false }
      event.thread = lastRunningThread
    case .absent:
      threads[Int(event.thread)].state = .running
      if event.thread != 0 { start(event, from: lastRunningThread) }
    }
    return true
  }

  /// The thread that acted last, or the first when that one has ended.
  private var lastRunningThread: UInt32 { threads[Int(lastThread)].state == .running ? lastThread : 0 }

  private mutating func start(_ event: Event, from starter: UInt32) {
    let count = threads[Int(starter)].performedCount
    threads[Int(event.thread)].learn(of: starter, performedCount: count)
    append(
      PlacedEvent(
        .threadStart, thread: event.thread, awaitedThread: starter, awaitedCount: count,
        nanoseconds: event.nanoseconds))
  }

  private mutating func end(_ event: Event) {
    guard event.thread != 0 else { return }
    append(PlacedEvent(.threadEnd, thread: event.thread, nanoseconds: event.nanoseconds))
    threads[Int(event.thread)].state = .ended
    slots.release(event.thread, performedCount: threads[Int(event.thread)].performedCount)
  }

  private mutating func allocate(_ event: Event, as kind: Event.Kind) {
    if blocks.find(event.block) != nil {
      summary.missedFreeCount += 1
      free(Event(.free, thread: event.thread, block: event.block, nanoseconds: event.nanoseconds))
    }
    let taken = slots.take(for: event.thread)
    var placed = PlacedEvent(
      kind, thread: event.thread, slot: taken.slot, size: event.size, alignmentShift: event.alignmentShift,
      nanoseconds: event.nanoseconds)
    wait(&placed, for: taken.thread, performedCount: taken.performedCount)
    append(placed)
    note(event, inSlot: taken.slot)
  }

  private mutating func free(_ event: Event) {
    guard let entry = blocks.remove(event.block) else {
      summary.unmatchedFreeCount += 1
      return
    }
    var placed = PlacedEvent(.free, thread: event.thread, slot: entry.slot, nanoseconds: event.nanoseconds)
    wait(&placed, for: entry.thread, performedCount: entry.performedCount)
    append(placed)
    liveByteCount -= entry.size
    if entry.thread == event.thread {
      slots.give(entry.slot, to: event.thread)
    } else {
      summary.crossThreadFreeCount += 1
      slots.giveToAll(
        SlotPool.FreeSlot(
          slot: entry.slot, thread: event.thread, performedCount: threads[Int(event.thread)].performedCount))
    }
  }

  private mutating func reallocate(_ event: Event) {
    guard let entry = blocks.remove(event.formerBlock) else {
      summary.unmatchedFreeCount += 1
      allocate(event, as: .malloc)
      return
    }
    liveByteCount -= entry.size
    if blocks.find(event.block) != nil {
      summary.missedFreeCount += 1
      free(Event(.free, thread: event.thread, block: event.block, nanoseconds: event.nanoseconds))
    }
    var placed = PlacedEvent(
      .realloc, thread: event.thread, slot: entry.slot, size: event.size, nanoseconds: event.nanoseconds)
    wait(&placed, for: entry.thread, performedCount: entry.performedCount)
    append(placed)
    note(event, inSlot: entry.slot)
  }

  /// Records a block that has just been handed out.
  private mutating func note(_ event: Event, inSlot slot: UInt32) {
    blocks.insert(
      BlockTable.Entry(
        block: event.block, size: event.size, performedCount: threads[Int(event.thread)].performedCount,
        slot: slot, thread: event.thread))
    summary.requestedByteCount &+= event.size
    summary.largestRequestByteCount = max(summary.largestRequestByteCount, event.size)
    liveByteCount += event.size
    if liveByteCount > summary.livePeakByteCount {
      summary.livePeakByteCount = liveByteCount
      summary.livePeakOperation = operationCount
    }
  }

  /// States a dependence, unless the thread is known to have waited for as much already.
  private mutating func wait(_ placed: inout PlacedEvent, for thread: UInt32, performedCount: UInt64) {
    guard thread != placed.thread,
      threads[Int(placed.thread)].learn(of: thread, performedCount: performedCount)
    else { return }
    placed.awaitedThread = thread
    placed.awaitedCount = performedCount
  }

  private mutating func append(_ event: PlacedEvent) {
    threads[Int(event.thread)].performedCount += 1
    summary.countByKind[Int(event.kind.rawValue)] += 1
    if event.kind.isOperation { operationCount += 1 }
    placed.append(event)
  }
}
