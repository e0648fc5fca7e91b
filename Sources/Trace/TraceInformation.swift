// SPDX-License-Identifier: MIT

import Events

/// All that can be said of a trace without replaying it.
public struct TraceInformation {
  public let metadata: TraceMetadata
  public let summary: EventSummary
  public let histograms: TraceHistograms
  /// Nil for a trace without stacks.
  public let stackCounts: StackCounts?
  public let fileByteCount: UInt64

  /// Reads a whole trace.
  ///
  /// - Throws: `TraceError`.
  public init(path: String, progress: TraceConversion.Progress? = nil) throws {
    let bytes = try TraceBytes(path: path)
    let source = try TraceFile.open(bytes)
    fileByteCount = UInt64(bytes.count)
    histograms = TraceHistograms()
    let stacks = CountedStacks(of: source.stacks, into: histograms)
    if let packed = source as? PackedTraceReader {
      try packed.send(to: CountedPlacedEvents(into: stacks, progress: progress))
      summary = packed.summary
    } else {
      let placement = Placement(into: stacks)
      try source.send(to: CountedEvents(into: placement, progress: progress))
      summary = placement.finish()
    }
    metadata = source.metadata
    stackCounts = metadata.stackRecording == nil ? nil : stacks.counts
  }

  /// Bytes of the file for each event; 0 when there are no events.
  public var bytesPerEvent: Double {
    histograms.eventCount == 0 ? 0 : Double(fileByteCount) / Double(histograms.eventCount)
  }
}
