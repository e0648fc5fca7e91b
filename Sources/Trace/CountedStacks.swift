// SPDX-License-Identifier: MIT

import Events

/// Passes placed events on and counts what stacks they have.
final class CountedStacks: PlacedEventSink {
  private enum Completeness: UInt8 {
    case whole
    case truncated
    case failed
  }

  private let sink: any PlacedEventSink
  private var completeness: [Completeness] = [.whole]
  private(set) var counts = StackCounts()

  init(of stacks: StackTable, into sink: any PlacedEventSink) {
    self.sink = sink
    completeness.reserveCapacity(Int(stacks.count) + 1)
    var stack: UInt32 = 0
    while stack < stacks.count {
      stack += 1
      switch stacks.returnAddress(of: stack) {
      case StackTable.truncatedAddress: completeness.append(.truncated)
      case StackTable.failedAddress: completeness.append(.failed)
      default: completeness.append(completeness[Int(stacks.caller(of: stack))])
      }
    }
    counts.distinctCount = UInt64(stacks.count)
  }

  func receive(_ events: [PlacedEvent]) throws {
    for event in events where event.stack != 0 {
      counts.allocationCount += 1
      switch completeness[Int(event.stack)] {
      case .whole: break
      case .truncated: counts.truncatedCount += 1
      case .failed: counts.failedCount += 1
      }
    }
    try sink.receive(events)
  }
}
