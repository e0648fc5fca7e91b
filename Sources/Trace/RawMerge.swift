// SPDX-License-Identifier: MIT

import Events

/// Merges the threads of a raw trace into one sequence, by time and by the rule that a block is handed out and freed in turns.
///
/// An event that breaks the rule holds its thread back until another thread has made the event that must come first;
/// when that does not come within a bounded number of events, it is let through and counted.
struct RawMerge {
  /// A thread that waits for another.
  private struct Held {
    var cursor: Int
    var since: UInt64
  }

  /// A thread by the time of its next event.
  private struct Turn: Comparable {
    var stamp: UInt64
    var cursor: Int
    static func < (left: Turn, right: Turn) -> Bool { (left.stamp, left.cursor) < (right.stamp, right.cursor) }
  }

  // Chosen: many times the events that a processor can make while another is between a call and its stamp.
  private static let heldEventLimit: UInt64 = 4096

  private let cursors: [RawThreadCursor]
  private let clock: RawClock
  private let lacksEarlierBlocks: Bool
  private var turns = MinimumHeap<Turn>()
  private var held: [Held] = []
  private var live = RawLiveBlocks()
  private var emitter: EventEmitter
  private var emittedCount: UInt64 = 0
  private var startedCount: UInt32 = 0
  private var latestNanoseconds: UInt64 = 0
  /// Events that were let through against the rule.
  private(set) var conflictCount: UInt64 = 0

  init(_ cursors: [RawThreadCursor], clock: RawClock, lacksEarlierBlocks: Bool, into sink: any EventSink) {
    self.cursors = cursors
    self.clock = clock
    self.lacksEarlierBlocks = lacksEarlierBlocks
    emitter = EventEmitter(into: sink)
    for (index, cursor) in cursors.enumerated() { turns.insert(Turn(stamp: cursor.nextStamp, cursor: index)) }
  }

  /// Sends the whole sequence.
  mutating func run() throws {
    while true {
      if let turn = turns.popMinimum() {
        try runThread(turn.cursor)
      } else if !held.isEmpty {
        try release(at: 0)
      } else {
        break
      }
    }
    try emitter.finish()
  }

  /// Sends the events of a thread until another one is due, or it must wait.
  private mutating func runThread(_ index: Int) throws {
    let cursor = cursors[index]
    while let event = try cursor.next() {
      if let due = turns.minimum, event.nanoseconds > due.stamp {
        turns.insert(Turn(stamp: event.nanoseconds, cursor: index))
        return
      }
      guard try follows(event) || makesWay(for: event, of: cursor) && follows(event) else {
        held.append(Held(cursor: index, since: emittedCount))
        return
      }
      try emit(event, of: cursor)
      cursor.advance()
      if !held.isEmpty { try reconsider(after: event) }
    }
  }

  /// Sends the next event of another thread ahead of its time when it is the one that an event waits for; false when
  /// there is none. A thread can lose its processor for long between the halves of a realloc, or an event and its stamp.
  private mutating func makesWay(for event: Event, of waiting: RawThreadCursor) throws -> Bool {
    for cursor in cursors where cursor !== waiting && cursor.index != nil {
      guard let other = try cursor.next(), isWanted(other, by: event), follows(other) else { continue }
      try emit(other, of: cursor)
      cursor.advance()
      return true
    }
    return false
  }

  private func isWanted(_ other: Event, by event: Event) -> Bool {
    if event.kind.isAllocation, event.block != event.formerBlock {
      if other.formerBlock == event.block || other.kind == .free && other.block == event.block { return true }
    }
    let needed = event.kind == .realloc ? event.formerBlock : event.kind == .free ? event.block : 0
    return needed != 0 && other.kind.isAllocation && other.block == needed
  }

  /// Whether an event can come next; it is taken note of then. A single thread is right about its own order.
  private mutating func follows(_ event: Event) -> Bool {
    guard cursors.count > 1 else { return true }
    switch event.kind {
    case .threadStart, .threadEnd: return true
    case .malloc, .calloc, .aligned: return live.insert(event.block)
    case .free: return live.remove(event.block)
    case .realloc:
      guard live.remove(event.formerBlock) else { return false }
      if live.insert(event.block) { return true }
      _ = live.insert(event.formerBlock)
      return false
    }
  }

  /// Lets threads go on for which an event has made the way free, and those that have waited long enough.
  private mutating func reconsider(after event: Event) throws {
    var index = 0
    while index < held.count {
      let cursor = cursors[held[index].cursor]
      guard let waiting = try cursor.next() else { break }
      let isConcerned =
        waiting.block == event.block || waiting.block == event.formerBlock || waiting.formerBlock == event.block
      if isConcerned {
        turns.insert(Turn(stamp: waiting.nanoseconds, cursor: held.remove(at: index).cursor))
      } else if emittedCount - held[index].since > Self.heldEventLimit {
        try release(at: index)
      } else {
        index += 1
      }
    }
  }

  /// Lets the next event of a waiting thread through as it is.
  private mutating func release(at position: Int) throws {
    let index = held.remove(at: position).cursor
    let cursor = cursors[index]
    guard let event = try cursor.next() else { return }
    if !follows(event) {
      if event.kind == .realloc { _ = live.remove(event.formerBlock) }
      if event.kind.isAllocation { _ = live.insert(event.block) }
      if event.kind.isAllocation && event.kind != .realloc || !lacksEarlierBlocks { conflictCount += 1 }
    }
    try emit(event, of: cursor)
    cursor.advance()
    turns.insert(Turn(stamp: cursor.nextStamp, cursor: index))
  }

  private mutating func emit(_ event: Event, of cursor: RawThreadCursor) throws {
    var event = event
    latestNanoseconds = max(latestNanoseconds, clock.nanoseconds(at: event.nanoseconds))
    event.nanoseconds = latestNanoseconds
    if let index = cursor.index {
      event.thread = index
    } else {
      event.thread = startedCount
      cursor.index = startedCount
      startedCount += 1
      if event.thread != 0 {
        try emitter.emit(Event(.threadStart, thread: event.thread, nanoseconds: latestNanoseconds))
      }
    }
    emittedCount += 1
    try emitter.emit(event)
  }
}
