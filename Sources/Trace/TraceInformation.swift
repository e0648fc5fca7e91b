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
    let (summary, counts) = try source.sendPlaced(to: histograms, progress: progress)
    self.summary = summary
    metadata = source.metadata
    stackCounts = metadata.stackRecording == nil ? nil : counts
  }

  /// Whether the trace says when its events were.
  public var hasTimes: Bool { summary.elapsedNanoseconds > 0 }

  /// Bytes of the file for each event; 0 when there are no events.
  public var bytesPerEvent: Double {
    histograms.eventCount == 0 ? 0 : Double(fileByteCount) / Double(histograms.eventCount)
  }
}
