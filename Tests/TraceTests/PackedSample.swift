// SPDX-License-Identifier: MIT

import Events
import TestSupport
import Trace

/// A sequence of events, placed and packed.
struct PackedSample {
  let placed: [PlacedEvent]
  let summary: EventSummary
  let bytes: [UInt8]

  init(_ events: [Event], metadata: TraceMetadata = TraceMetadata(), tickShift: UInt8 = 4) throws {
    let collected = CollectedPlacedEvents()
    let placement = Placement(into: collected)
    try placement.receive(events)
    summary = placement.finish()
    placed = collected.events
    let file = TemporaryFile()
    let writer = try PackedTraceWriter(path: file.path, metadata: metadata, tickShift: tickShift)
    // Batches of odd lengths, so that their ends and those of frames do not coincide.
    var rest = placed[...]
    while !rest.isEmpty {
      try writer.receive(Array(rest.prefix(777)))
      rest = rest.dropFirst(777)
    }
    try writer.finish(summary: summary)
    bytes = file.bytes
  }

  /// The placed events of a packed trace in memory.
  static func read(_ bytes: [UInt8]) throws -> [PlacedEvent] {
    let collected = CollectedPlacedEvents()
    try PackedTraceReader(TraceBytes(bytes, path: "sample")).send(to: collected as any PlacedEventSink)
    return collected.events
  }
}
