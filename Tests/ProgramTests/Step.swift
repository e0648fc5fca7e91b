// SPDX-License-Identifier: MIT

import Events

/// What a thread does next, as both placed events and a decoded program tell it.
enum Step: Equatable {
  case call(Event.Kind, slot: UInt32, byteCount: UInt64, alignmentShift: UInt8)
  case await(thread: UInt32, count: UInt64)
  case start(thread: UInt32)
  case pause(untilNanoseconds: UInt64)
  case end

  /// The steps of each thread that placed events stand for, pauses left out.
  static func steps(of events: [PlacedEvent]) -> [[Step]] {
    var threads: [[Step]] = []
    for event in events {
      while threads.count <= Int(max(event.thread, event.awaitedThread)) { threads.append([]) }
      if event.kind == .threadStart {
        threads[Int(event.awaitedThread)].append(.start(thread: event.thread))
        continue
      }
      if event.awaitsAnotherThread {
        threads[Int(event.thread)].append(.await(thread: event.awaitedThread, count: event.awaitedCount))
      }
      if event.kind == .threadEnd {
        threads[Int(event.thread)].append(.end)
      } else {
        threads[Int(event.thread)].append(
          .call(event.kind, slot: event.slot, byteCount: event.size, alignmentShift: event.alignmentShift))
      }
    }
    return threads
  }
}
