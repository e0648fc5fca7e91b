// SPDX-License-Identifier: MIT

import Events

/// Checks placed events against the rules of `PlacedEvent`, with the plainest data structures that will do.
public final class PlacedEventRules: PlacedEventSink {
  private struct Touch {
    var thread: UInt32
    var performedCount: UInt64
    var isLive: Bool
  }

  private struct Pair: Hashable {
    var thread: UInt32
    var other: UInt32
  }

  /// What was found wrong, a line each.
  public private(set) var violations: [String] = []
  public private(set) var eventCount = 0
  private var touches: [UInt32: Touch] = [:]
  private var performedCounts: [UInt64] = [0]
  private var awaited: [Pair: UInt64] = [:]

  public init() {}

  public func receive(_ events: [PlacedEvent]) {
    for event in events {
      check(event)
      eventCount += 1
    }
  }

  private func check(_ event: PlacedEvent) {
    let threadCount = UInt32(performedCounts.count)
    if event.kind == .threadStart {
      guard event.thread == threadCount else { return violate("thread \(event.thread) starts out of order") }
      performedCounts.append(0)
    } else if event.thread >= threadCount {
      return violate("thread \(event.thread) acts before it starts")
    }
    if event.awaitsAnotherThread {
      guard event.awaitedThread < threadCount, event.awaitedCount <= performedCounts[Int(event.awaitedThread)] else {
        return violate("what is awaited has not happened")
      }
      let pair = Pair(thread: event.thread, other: event.awaitedThread)
      awaited[pair] = max(awaited[pair, default: 0], event.awaitedCount)
    }
    performedCounts[Int(event.thread)] += 1
    if event.size > 1 << 47 || event.alignmentShift > 47 { violate("a request past all limits") }
    if event.kind.isOperation { checkOperation(event) }
  }

  private func checkOperation(_ event: PlacedEvent) {
    if let touch = touches[event.slot] {
      let isAllocation = event.kind.isAllocation && event.kind != .realloc
      if touch.isLive == isAllocation { violate("slot \(event.slot) is \(touch.isLive ? "" : "not ")live") }
      let known = awaited[Pair(thread: event.thread, other: touch.thread), default: 0]
      if touch.thread != event.thread, known < touch.performedCount {
        violate("slot \(event.slot) is taken over from thread \(touch.thread) without waiting")
      }
    } else if !event.kind.isAllocation || event.kind == .realloc || Int(event.slot) != touches.count {
      violate("slot \(event.slot) was never allocated, or is not the next one")
    }
    touches[event.slot] = Touch(
      thread: event.thread, performedCount: performedCounts[Int(event.thread)], isLive: event.kind != .free)
  }

  private func violate(_ what: String) { violations.append("event \(eventCount): \(what)") }
}
