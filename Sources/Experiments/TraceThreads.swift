// SPDX-License-Identifier: MIT

import Events
import Trace

/// How many threads a trace was recorded with.
enum TraceThreads {
  private final class NullSink: PlacedEventSink {
    func receive(_ events: [PlacedEvent]) {}
  }

  /// Read from a packed trace's summary; any other has to be read through.
  static func count(path: String) throws -> Int {
    let source = try TraceFile.open(path: path)
    if let packed = source as? PackedTraceReader { return Int(packed.summary.threadCount) }
    let placement = Placement(into: NullSink())
    try source.send(to: placement)
    return Int(placement.finish().threadCount)
  }
}
