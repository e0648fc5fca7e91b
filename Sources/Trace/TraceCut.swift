// SPDX-License-Identifier: MIT

import Events

/// Writes a part of a trace as a packed trace of its own.
///
/// What the part needs is put before it: the threads that run at its start are started, and each block that is live
/// then is allocated by the thread that had it, in the order of allocation (a thread that has ended by then ends
/// again). Blocks freed later stay live at the end. Both are counted in the remarks.
public struct TraceCut {
  /// Which part.
  public enum Window: Equatable, Sendable {
    /// Events by number, the first event of the trace being 0.
    case events(Range<UInt64>)
    /// Events by time.
    case nanoseconds(Range<UInt64>)
  }

  private let window: Window
  private let progress: TraceConversion.Progress?

  public init(_ window: Window, progress: TraceConversion.Progress? = nil) {
    self.window = window
    self.progress = progress
  }

  /// Cuts a trace, in one pass.
  ///
  /// - Returns: what the events of the new trace amount to.
  /// - Throws: `TraceError`.
  @discardableResult
  public func cut(
    _ source: any TraceSource, to path: String, tickShift: UInt8 = PackedTraceWriter.defaultTickShift
  ) throws -> EventSummary {
    let writer = try PackedTraceWriter(
      path: path, metadata: source.metadata, stacks: source.stacks, tickShift: tickShift)
    let placement = Placement(into: writer)
    let events = WindowedEvents(window, into: placement)
    try source.send(to: CountedEvents(into: events, progress: progress))
    try events.finish()
    let summary = placement.finish()
    // Some of it is known only now: the counts of the window, and what a reader counts as it merges threads.
    writer.metadata = source.metadata
    writer.metadata.remarks += remarks(events)
    try writer.finish(summary: summary)
    return summary
  }

  private func remarks(_ events: WindowedEvents) -> [String] {
    let name =
      switch window {
      case .events(let range): "events \(range.lowerBound) to \(range.upperBound)"
      case .nanoseconds(let range): "nanoseconds \(range.lowerBound) to \(range.upperBound)"
      }
    return [
      "cut to \(name) of a longer trace: \(events.insideCount) events",
      "\(events.carriedInCount) blocks that were live when the window begins are allocated at its start",
      "\(events.liveCount) blocks that were live when the window ends are not freed",
    ]
  }
}
