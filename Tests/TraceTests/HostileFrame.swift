// SPDX-License-Identifier: MIT

import Events
import Testing

@testable import Trace

/// A frame that no writer makes, column by column.
struct HostileFrame: CustomTestStringConvertible {
  let testDescription: String
  private let eventCount: Int
  private let fill: @Sendable (inout PackedColumns) -> Void

  init(_ testDescription: String, eventCount: Int, _ fill: @escaping @Sendable (inout PackedColumns) -> Void) {
    self.testDescription = testDescription
    self.eventCount = eventCount
    self.fill = fill
  }

  /// Decodes the frame as the first of a trace.
  func decode() throws -> [PlacedEvent] {
    var columns = PackedColumns()
    fill(&columns)
    var content = FlatArray<UInt8>()
    columns.forEach { content.appendVarint(UInt64($0.count)) }
    columns.forEach { column in
      for index in 0..<column.count { content.append(column[index]) }
    }
    var decoder = FrameDecoder(tickShift: 4)
    var events: [PlacedEvent] = []
    try decoder.begin(content, eventCount: eventCount)
    try decoder.decode(content, limit: eventCount, into: &events)
    try decoder.finishFrame()
    return events
  }
}

extension PackedColumns {
  /// Adds a run of events of one thread.
  mutating func run(_ thread: UInt64, _ length: UInt64) {
    runs.appendVarint(thread)
    runs.appendVarint(length)
  }

  /// Adds an event by its token.
  mutating func token(_ token: UInt8) {
    tokens.append(token)
    times.append(0)
  }

  /// Adds a general event.
  mutating func general(_ operation: UInt8, slot: UInt64? = nil, size: UInt64? = nil) {
    token(PackedToken.general)
    operations.append(operation)
    if let slot { slots.appendVarint(slot) }
    if let size { sizes.appendVarint(size) }
  }

  /// Adds an await that an event gives.
  mutating func await(_ thread: UInt64, _ count: UInt64) {
    awaits.appendVarint(thread)
    awaits.appendVarint(count)
  }
}
