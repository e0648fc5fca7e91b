// SPDX-License-Identifier: MIT

import Events
import TestSupport

/// Performs placed events thread by thread in a random order that the awaits allow, and nothing else.
struct ScheduledReplay {
  /// What went wrong, or nil.
  private(set) var failure: String?

  init(_ events: [PlacedEvent], threadCount: UInt32, seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var queues = [[PlacedEvent]](repeating: [], count: Int(threadCount))
    for event in events { queues[Int(event.thread)].append(event) }
    var performed = [Int](repeating: 0, count: queues.count)
    var live: Set<UInt32> = []
    var left = events.count
    while left > 0 {
      let ready = queues.indices.filter { thread in
        guard performed[thread] < queues[thread].count else { return false }
        let event = queues[thread][performed[thread]]
        return !event.awaitsAnotherThread || performed[Int(event.awaitedThread)] >= event.awaitedCount
      }
      guard let thread = ready.randomElement(using: &random) else {
        failure = "no thread can go on with \(left) events left"
        return
      }
      // A thread goes on for a while, so that threads come far apart.
      for _ in 0..<random.next() % 50 + 1 {
        guard performed[thread] < queues[thread].count else { break }
        let event = queues[thread][performed[thread]]
        guard !event.awaitsAnotherThread || performed[Int(event.awaitedThread)] >= event.awaitedCount else { break }
        perform(event, &live)
        guard failure == nil else { return }
        performed[thread] += 1
        left -= 1
      }
    }
  }

  private mutating func perform(_ event: PlacedEvent, _ live: inout Set<UInt32>) {
    switch event.kind {
    case .malloc, .calloc, .aligned:
      if !live.insert(event.slot).inserted { failure = "an allocation into slot \(event.slot), which is full" }
    case .free:
      if live.remove(event.slot) == nil { failure = "a free of slot \(event.slot), which is empty" }
    case .realloc:
      if !live.contains(event.slot) { failure = "a realloc of slot \(event.slot), which is empty" }
    case .threadStart, .threadEnd: break
    }
  }
}
