// SPDX-License-Identifier: MIT

import Events
import TestSupport

@testable import Program

/// A program made from events, with the placed events that went in.
struct WrittenProgram {
  let folder = TemporaryFolder()
  let placed: [PlacedEvent]
  let summary: EventSummary
  let header: ProgramHeader

  var path: String { folder.file("program") }
  var bytes: [UInt8] { folder.read("program") }

  init(_ events: [Event], windowWordCapacity: Int = 1 << 20, batchCount: Int = 4096, originalSpeed: Bool = false) throws
  {
    let collected = CollectedPlacedEvents()
    let placement = Placement(into: collected)
    try placement.receive(events)
    placed = collected.events
    summary = placement.finish()
    let writer = try ProgramWriter(
      path: folder.file("program"), originalSpeed: originalSpeed, windowWordCapacity: windowWordCapacity)
    for begin in stride(from: 0, to: placed.count, by: batchCount) {
      try writer.receive(Array(placed[begin..<min(begin + batchCount, placed.count)]))
    }
    header = try writer.finish(summary)
  }
}
