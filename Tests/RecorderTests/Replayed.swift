// SPDX-License-Identifier: MIT

import Events
import TestSupport

/// What a sequence of events amounts to when its blocks are placed.
struct Replayed {
  let summary: EventSummary

  init(_ events: [Event]) throws {
    let placement = Placement(into: CollectedPlacedEvents())
    try placement.receive(events)
    summary = placement.finish()
  }
}
