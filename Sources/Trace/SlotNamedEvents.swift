// SPDX-License-Identifier: MIT

import Events

/// Passes placed events on with their blocks named by slot.
final class SlotNamedEvents: PlacedEventSink {
  private let sink: any EventSink

  init(into sink: any EventSink) { self.sink = sink }

  func receive(_ events: [PlacedEvent]) throws { try sink.receive(events.map(\.event)) }
}
