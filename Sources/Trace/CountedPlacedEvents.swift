// SPDX-License-Identifier: MIT

import Events

/// Passes placed events on and says how many there were so far.
final class CountedPlacedEvents: PlacedEventSink {
  private let sink: any PlacedEventSink
  private let progress: TraceConversion.Progress?
  private var count: UInt64 = 0

  init(into sink: any PlacedEventSink, progress: TraceConversion.Progress?) {
    self.sink = sink
    self.progress = progress
  }

  func receive(_ events: [PlacedEvent]) throws {
    try sink.receive(events)
    count += UInt64(events.count)
    progress?(count)
  }
}
