// SPDX-License-Identifier: MIT

/// Gives every block a slot, states where threads depend on one another, and mends what a program or its record left out.
///
/// One pass, in memory that grows with the live blocks and the threads, not with the length of the sequence. The rules
/// for events that do not fit together are those of `EventSummary`: a free of a block that is not live is left out, a
/// realloc of one becomes an allocation, and an allocation at a name that is live gets the missing free put before it.
/// A thread that appears without a start is started by the thread that acted last, and what a thread does after its end
/// (the last destructors of its data) is done by that thread too. Thread 0 ends with the sequence.
public final class Placement: EventSink {
  private let sink: any PlacedEventSink
  private var batch: [PlacedEvent] = []
  private var blocks = BlockTable()
  private var slots = SlotPool()
  private var threads: [ThreadProgress] = []
  private var lastThread: UInt32 = 0
  private var liveByteCount: UInt64 = 0
  private var operationCount: UInt64 = 0
  private var summary = EventSummary()
  private var firstNanoseconds: UInt64?
  private var lastNanoseconds: UInt64 = 0

  public init(into sink: any PlacedEventSink) {
    self.sink = sink
  }

  public func receive(_ events: [Event]) throws {
    batch.reserveCapacity(events.count + events.count / 8)
    for event in events { place(event) }
    try sink.receive(batch)
    batch.removeAll(keepingCapacity: true)
  }

  /// Whether a block of this name is live; lets a merger of concurrent streams see which of two events comes first.
  public func isLive(_ block: UInt64) -> Bool { blocks.find(block) != nil }

  /// What the whole sequence amounted to; call it after the last event.
  public func finish() -> EventSummary {
    summary.threadCount = UInt32(threads.count)
    summary.slotCount = slots.slotCount
    summary.liveEndBlockCount = UInt64(blocks.count)
    summary.liveEndByteCount = liveByteCount
    summary.elapsedNanoseconds = lastNanoseconds - (firstNanoseconds ?? lastNanoseconds)
    return summary
  }

  private func place(_ recorded: Event) {
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
  private func ensureStarted(_ event: inout Event) -> Bool {
    while threads.count <= Int(event.thread) { threads.append(ThreadProgress()) }
    let lastRunning = threads[Int(lastThread)].state == .running ? lastThread : 0
    switch threads[Int(event.thread)].state {
    case .running: break
    case .ended:
      guard event.kind.isOperation else { return false }
      event.thread = lastRunning
    case .absent:
      threads[Int(event.thread)].state = .running
      if event.thread != 0 { start(event, from: lastRunning) }
    }
    return true
  }

  private func start(_ event: Event, from starter: UInt32) {
    let count = threads[Int(starter)].performedCount
    threads[Int(event.thread)].learn(of: starter, performedCount: count)
    append(
      PlacedEvent(
        .threadStart, thread: event.thread, awaitedThread: starter, awaitedCount: count,
        nanoseconds: event.nanoseconds))
  }

  private func end(_ event: Event) {
    guard event.thread != 0 else { return }
    append(PlacedEvent(.threadEnd, thread: event.thread, nanoseconds: event.nanoseconds))
    threads[Int(event.thread)].state = .ended
    slots.release(event.thread, performedCount: threads[Int(event.thread)].performedCount)
  }

  private func allocate(_ event: Event, as kind: Event.Kind) {
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

  private func free(_ event: Event) {
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

  private func reallocate(_ event: Event) {
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
  private func note(_ event: Event, inSlot slot: UInt32) {
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
  private func wait(_ placed: inout PlacedEvent, for thread: UInt32, performedCount: UInt64) {
    guard thread != placed.thread,
      threads[Int(placed.thread)].learn(of: thread, performedCount: performedCount)
    else { return }
    placed.awaitedThread = thread
    placed.awaitedCount = performedCount
  }

  private func append(_ placed: PlacedEvent) {
    threads[Int(placed.thread)].performedCount += 1
    summary.countByKind[Int(placed.kind.rawValue)] += 1
    if placed.kind.isOperation { operationCount += 1 }
    batch.append(placed)
  }
}
