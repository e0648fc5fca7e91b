// SPDX-License-Identifier: MIT

import Events

/// Writes a trace of any format as a packed one.
public struct TraceConversion {
  /// Told now and then how many events have been read so far.
  public typealias Progress = (UInt64) -> Void

  private let progress: Progress?

  public init(progress: Progress? = nil) { self.progress = progress }

  /// Converts a trace, in one pass.
  ///
  /// A trace that is packed already is packed anew with the same slots and threads. `provenance` takes the place of
  /// what the source says of where it comes from; `anonymizes` leaves out what tells of the machine.
  /// - Returns: what the events amount to.
  /// - Throws: `TraceError`.
  @discardableResult
  public func convert(
    _ source: any TraceSource, to path: String, provenance: String? = nil, anonymizes: Bool = false,
    tickShift: UInt8 = PackedTraceWriter.defaultTickShift
  ) throws -> EventSummary {
    let writer = try PackedTraceWriter(
      path: path, metadata: source.metadata, stacks: source.stacks, tickShift: tickShift)
    let summary: EventSummary
    if let packed = source as? PackedTraceReader {
      try packed.send(to: CountedPlacedEvents(into: writer, progress: progress))
      summary = packed.summary
    } else {
      let placement = Placement(into: writer)
      try source.send(to: CountedEvents(into: placement, progress: progress))
      summary = placement.finish()
    }
    // Some of it is known only now: a reader counts conflicts as it merges threads.
    writer.metadata = anonymizes ? source.metadata.anonymized : source.metadata
    if anonymizes { writer.leaveOutFolders() }
    if let provenance { writer.metadata.provenance = provenance }
    try writer.finish(summary: summary)
    return summary
  }
}
