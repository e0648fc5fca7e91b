// SPDX-License-Identifier: MIT

import Events

/// Passes events on and says how many there were so far.
final class CountedEvents: EventSink {
  private let sink: any EventSink
  private let progress: TraceConversion.Progress?
  private var count: UInt64 = 0

  init(into sink: any EventSink, progress: TraceConversion.Progress?) {
    self.sink = sink
    self.progress = progress
  }

  func receive(_ events: [Event]) throws {
    try sink.receive(events)
    count += UInt64(events.count)
    progress?(count)
  }
}
