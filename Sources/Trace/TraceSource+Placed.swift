// SPDX-License-Identifier: MIT

import Events

extension TraceSource {
  /// Reads the whole trace and gives its events, placed, to a sink.
  ///
  /// - Returns: what the events amount to, and how many have stacks.
  /// - Throws: `TraceError`; errors of the sink.
  public func sendPlaced(
    to sink: any PlacedEventSink, progress: TraceConversion.Progress? = nil
  ) throws -> (summary: EventSummary, stacks: StackCounts) {
    let stacks = CountedStacks(of: stacks, into: sink)
    if let packed = self as? PackedTraceReader {
      try packed.send(to: CountedPlacedEvents(into: stacks, progress: progress))
      return (packed.summary, stacks.counts)
    }
    let placement = Placement(into: stacks)
    try send(to: CountedEvents(into: placement, progress: progress))
    return (placement.finish(), stacks.counts)
  }
}
