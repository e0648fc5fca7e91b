// SPDX-License-Identifier: MIT

import Events

/// What a sequence of events amounts to, and the placed events without slots and awaits, by the rules of
/// `EventSummary` and the plainest means.
struct NaiveSummary {
  /// A placed event as far as the rules of mending decide it.
  struct Step: Equatable {
    var kind: Event.Kind
    var thread: UInt32
    var size: UInt64
  }

  private(set) var summary = EventSummary()
  private(set) var steps: [Step] = []
  private var live: [UInt64: (size: UInt64, thread: UInt32)] = [:]
  private var started: Set<UInt32> = [0]
  private var ended: Set<UInt32> = []
  private var operationCount: UInt64 = 0

  init(_ events: [Event]) {
    var lastThread: UInt32 = 0
    for recorded in events {
      summary.threadCount = max(summary.threadCount, recorded.thread + 1)
      var event = recorded
      if ended.contains(event.thread) {
        guard event.kind.isOperation else { continue }
        event.thread = ended.contains(lastThread) ? 0 : lastThread
      }
      lastThread = event.thread
      if started.insert(event.thread).inserted { add(.threadStart, event.thread) }
      switch event.kind {
      case .threadStart: break
      case .threadEnd:
        add(.threadEnd, event.thread)
        ended.insert(event.thread)
      case .free: free(event.block, event.thread)
      case .realloc:
        guard live.removeValue(forKey: event.formerBlock) != nil else {
          summary.unmatchedFreeCount += 1
          allocate(event, as: .malloc)
          continue
        }
        allocate(event, as: .realloc)
      case .malloc, .calloc, .aligned: allocate(event, as: event.kind)
      }
    }
    summary.liveEndBlockCount = UInt64(live.count)
    summary.liveEndByteCount = liveByteCount
    let times = events.map(\.nanoseconds)
    summary.elapsedNanoseconds = (times.max() ?? 0) - (times.first ?? 0)
  }

  private var liveByteCount: UInt64 { live.values.reduce(0) { $0 + $1.size } }

  private mutating func add(_ kind: Event.Kind, _ thread: UInt32, size: UInt64 = 0) {
    summary.countByKind[Int(kind.rawValue)] += 1
    if kind.isOperation { operationCount += 1 }
    steps.append(Step(kind: kind, thread: thread, size: size))
  }

  private mutating func free(_ block: UInt64, _ thread: UInt32) {
    guard let former = live.removeValue(forKey: block) else {
      summary.unmatchedFreeCount += 1
      return
    }
    if former.thread != thread { summary.crossThreadFreeCount += 1 }
    add(.free, thread)
  }

  private mutating func allocate(_ event: Event, as kind: Event.Kind) {
    if live[event.block] != nil {
      summary.missedFreeCount += 1
      free(event.block, event.thread)
    }
    add(kind, event.thread, size: event.size)
    live[event.block] = (event.size, event.thread)
    summary.requestedByteCount += event.size
    summary.largestRequestByteCount = max(summary.largestRequestByteCount, event.size)
    if liveByteCount > summary.livePeakByteCount {
      summary.livePeakByteCount = liveByteCount
      summary.livePeakOperation = operationCount
    }
  }
}
