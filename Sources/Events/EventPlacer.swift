// SPDX-License-Identifier: MIT

/// The state of a `Placement`: a value, so that an event costs no check of exclusive access to each field.
struct EventPlacer: ~Copyable {
  /// What the latest events were placed as.
  private(set) var batch: [PlacedEvent] = []
  private var blocks = BlockTable()
  private var slots = SlotPool()
  private var threads: [ThreadProgress] = []
  private var lastThread: UInt32 = 0
  private var liveByteCount: UInt64 = 0
  private var operationCount: UInt64 = 0
  private var summary = EventSummary()
  private var firstNanoseconds: UInt64?
  private var lastNanoseconds: UInt64 = 0

  /// Places the next events; they replace those before them in `batch`.
  mutating func place(_ events: [Event]) {
    batch.removeAll(keepingCapacity: true)
    batch.reserveCapacity(events.count + events.count / 8)
    for event in events { place(event) }
  }

  func isLive(_ block: UInt64) -> Bool { blocks.find(block) != nil }

  /// What all events so far amount to.
  func summarize() -> EventSummary {
    var summary = summary
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
    let state = threads[Int(event.thread)].state
    if state == .running { return true }
    let lastRunning = threads[Int(lastThread)].state == .running ? lastThread : 0
    if state == .ended {
      guard event.kind.isOperation else { return false }
      event.thread = lastRunning
    } else {
      threads[Int(event.thread)].state = .running
      if event.thread != 0 { start(event, from: lastRunning) }
    }
    return true
  }

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
      nanoseconds: event.nanoseconds, stack: event.stack)
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
    liveByteCount &-= entry.size
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
    liveByteCount &-= entry.size
    if blocks.find(event.block) != nil {
      summary.missedFreeCount += 1
      free(Event(.free, thread: event.thread, block: event.block, nanoseconds: event.nanoseconds))
    }
    var placed = PlacedEvent(
      .realloc, thread: event.thread, slot: entry.slot, size: event.size, nanoseconds: event.nanoseconds,
      stack: event.stack)
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
    liveByteCount &+= event.size
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

  private mutating func append(_ placed: PlacedEvent) {
    threads[Int(placed.thread)].performedCount += 1
    summary.countByKind[Int(placed.kind.rawValue)] += 1
    if placed.kind.isOperation { operationCount += 1 }
    batch.append(placed)
  }
}
