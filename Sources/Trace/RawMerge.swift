// SPDX-License-Identifier: MIT

import Events

/// Merges the threads of a raw trace into one sequence, by time and by the rule that a block is handed out and freed in turns.
///
/// An event that breaks the rule holds its thread back until another thread has made the event that must come first;
/// when that does not come within a bounded number of events, it is let through and counted. Memory is bounded by the
/// number of threads, and the work by the number of events, whatever a file says.
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
  // Chosen: threads looked at in search of what others wait for, on average per event; programs with more threads
  // alive than that seldom need the search.
  private static let searchesPerEvent = 64
  private static let searchReserve = 1 << 20
  // Chosen: about what it costs to queue a thread again, and to hold it again if it was in vain, in threads looked at.
  private static let wakeCost = 32

  private let cursors: [RawThreadCursor]
  private let clock: RawClock
  private let lacksEarlierBlocks: Bool
  private var turns = MinimumHeap<Turn>()
  /// The threads that wait, the longest first.
  private var held: ArraySlice<Held> = []
  /// The threads whose first event was sent; one that has come to its end is taken out when it is met.
  private var started: [Int] = []
  /// Threads looked at in search of what others wait for.
  private var searchedCount = 0
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
        try releaseFirst()
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
      guard try follows(event) || makesWay(for: event, of: index) && follows(event) else {
        held.append(Held(cursor: index, since: emittedCount))
        return
      }
      try emit(event, of: cursor, at: index)
      cursor.advance()
      if !held.isEmpty { try reconsider(after: event) }
    }
  }

  /// Sends the next event of another thread ahead of its time when it is the one that an event waits for; false when
  /// there is none. A thread can lose its processor for long between the halves of a realloc, or an event and its stamp.
  private mutating func makesWay(for event: Event, of waiting: Int) throws -> Bool {
    guard maySearch(started.count) else { return false }
    var position = 0
    while position < started.count {
      let index = started[position]
      guard let other = try cursors[index].next() else {
        started.swapAt(position, started.count - 1)
        started.removeLast()
        continue
      }
      position += 1
      guard index != waiting, isWanted(other, by: event), follows(other) else { continue }
      try emit(other, of: cursors[index], at: index)
      cursors[index].advance()
      try wake(after: other)
      if let place = held.firstIndex(where: { $0.cursor == index }) {
        held.remove(at: place)
        turns.insert(Turn(stamp: cursors[index].nextStamp, cursor: index))
      }
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

  /// Lets threads go on that waited for an event, or have waited long enough.
  private mutating func reconsider(after event: Event) throws {
    try wake(after: event)
    while let first = held.first, emittedCount - first.since > Self.heldEventLimit { try releaseFirst() }
  }

  /// Lets threads go on for which an event has made the way free.
  private mutating func wake(after event: Event) throws {
    guard !held.isEmpty, maySearch(held.count) else { return }
    var keptEnd = held.startIndex
    for place in held.indices {
      let thread = held[place]
      if let waiting = try cursors[thread.cursor].next(), !isConcerned(waiting, with: event) {
        held[keptEnd] = thread
        keptEnd += 1
      } else {
        turns.insert(Turn(stamp: cursors[thread.cursor].nextStamp, cursor: thread.cursor))
        searchedCount += Self.wakeCost
      }
    }
    held.removeSubrange(keptEnd...)
  }

  /// Counts a search among so many threads, unless there have been too many for the events sent so far.
  private mutating func maySearch(_ threadCount: Int) -> Bool {
    let limit = Self.searchReserve + Self.searchesPerEvent * Int(emittedCount)
    guard searchedCount + threadCount <= limit else { return false }
    searchedCount += threadCount
    return true
  }

  private func isConcerned(_ waiting: Event, with event: Event) -> Bool {
    waiting.block == event.block || waiting.block == event.formerBlock || waiting.formerBlock == event.block
  }

  /// Lets the next event of the thread that has waited longest through as it is.
  private mutating func releaseFirst() throws {
    guard let index = held.popFirst()?.cursor, let event = try cursors[index].next() else { return }
    if !follows(event) {
      if event.kind == .realloc { _ = live.remove(event.formerBlock) }
      if event.kind.isAllocation { _ = live.insert(event.block) }
      if event.kind.isAllocation && event.kind != .realloc || !lacksEarlierBlocks { conflictCount += 1 }
    }
    try emit(event, of: cursors[index], at: index)
    cursors[index].advance()
    try wake(after: event)
    turns.insert(Turn(stamp: cursors[index].nextStamp, cursor: index))
  }

  private mutating func emit(_ event: Event, of cursor: RawThreadCursor, at index: Int) throws {
    var event = event
    latestNanoseconds = max(latestNanoseconds, clock.nanoseconds(at: event.nanoseconds))
    event.nanoseconds = latestNanoseconds
    if let number = cursor.index {
      event.thread = number
    } else {
      event.thread = startedCount
      cursor.index = startedCount
      startedCount += 1
      started.append(index)
      if event.thread != 0 {
        try emitter.emit(Event(.threadStart, thread: event.thread, nanoseconds: latestNanoseconds))
      }
    }
    emittedCount += 1
    try emitter.emit(event)
  }
}
