// SPDX-License-Identifier: MIT

import Events

/// Passes on the events of a window, and before them what the window needs.
///
/// Memory grows with the blocks live at a time, not with the trace.
final class WindowedEvents: EventSink {
  private struct LiveBlock {
    var allocation: Event
    var ordinal: UInt64
  }

  private let window: TraceCut.Window
  private var emitter: EventEmitter
  private var liveBlocks: [UInt64: LiveBlock] = [:]
  private var runningThreads: [Bool] = []
  private var endedThreads: Set<UInt32> = []
  /// The number that a thread has in the new trace, where threads are numbered in order of appearance.
  private var threadNumbers: [UInt32: UInt32] = [:]
  private var position: UInt64 = 0
  private var ordinal: UInt64 = 0
  private var hasBegun = false
  private(set) var insideCount: UInt64 = 0
  private(set) var carriedInCount: UInt64 = 0

  init(_ window: TraceCut.Window, into sink: any EventSink) {
    self.window = window
    emitter = EventEmitter(into: sink)
  }

  /// Blocks live at the end of the window.
  var liveCount: Int { liveBlocks.count }

  func receive(_ events: [Event]) throws {
    for event in events {
      defer { position += 1 }
      let (place, begin) =
        switch window {
        case .events(let range): (position, range)
        case .nanoseconds(let range): (event.nanoseconds, range)
        }
      guard place < begin.upperBound else { continue }
      if place >= begin.lowerBound {
        try start(at: event.nanoseconds)
        insideCount += 1
        try emit(event)
      }
      note(event)
    }
  }

  /// Ends the window; nothing may be received after it.
  func finish() throws {
    try start(at: 0)
    try emitter.finish()
  }

  /// Puts what the window needs before its first event.
  private func start(at nanoseconds: UInt64) throws {
    guard !hasBegun else { return }
    hasBegun = true
    carriedInCount = UInt64(liveBlocks.count)
    for thread in runningThreads.indices where runningThreads[thread] {
      try emit(Event(.threadStart, thread: UInt32(thread), nanoseconds: nanoseconds))
    }
    for block in liveBlocks.values.sorted(by: { $0.ordinal < $1.ordinal }) {
      var event = block.allocation
      event.nanoseconds = nanoseconds
      try emit(event)
    }
    let owners = Set(liveBlocks.values.map(\.allocation.thread)).sorted()
    for thread in owners where !runningThreads[Int(thread)] {
      try emit(Event(.threadEnd, thread: thread, nanoseconds: nanoseconds))
    }
  }

  private func emit(_ event: Event) throws {
    var numbered = event
    numbered.thread = threadNumbers[event.thread] ?? UInt32(threadNumbers.count)
    threadNumbers[event.thread] = numbered.thread
    try emitter.emit(numbered)
  }

  private func note(_ event: Event) {
    if runningThreads.count <= Int(event.thread) {
      runningThreads += Array(repeating: false, count: Int(event.thread) + 1 - runningThreads.count)
    }
    if event.kind == .threadEnd {
      runningThreads[Int(event.thread)] = false
      endedThreads.insert(event.thread)
    } else if !runningThreads[Int(event.thread)] {
      // Destructors of a thread's data may run after its end.
      runningThreads[Int(event.thread)] = !endedThreads.contains(event.thread)
    }
    switch event.kind {
    case .threadStart, .threadEnd: break
    case .free: liveBlocks[event.block] = nil
    case .malloc, .calloc, .aligned: hold(event)
    case .realloc:
      let former = liveBlocks.removeValue(forKey: event.formerBlock)?.allocation
      // What is carried into a window is allocated the way it was, at the size it has come to.
      var event = event
      event.kind = former?.kind ?? .malloc
      event.alignmentShift = former?.alignmentShift ?? 0
      event.formerBlock = 0
      hold(event)
    }
  }

  private func hold(_ event: Event) {
    liveBlocks[event.block] = LiveBlock(allocation: event, ordinal: ordinal)
    ordinal += 1
  }
}
