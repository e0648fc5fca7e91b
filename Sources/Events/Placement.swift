// SPDX-License-Identifier: MIT

/// Gives every block a slot, states where threads depend on one another, and mends what a program or its record left out.
///
/// One pass, in memory that grows with the live blocks and the threads, not with the length of the sequence. The rules
/// for events that do not fit together are those of `EventSummary`: a free of a block that is not live is left out, a
/// realloc of one becomes an allocation, and an allocation at a name that is live gets the missing free put before it.
/// A thread that appears without a start is started by the thread that acted last, and what a thread does after its end
/// (the last destructors of its data) is done by that thread too. Thread 0 ends with the sequence.
public final class Placement: EventSink {
  private let sink: any PlacedEventSink
  private var placer = Placer()

  public init(into sink: any PlacedEventSink) {
    self.sink = sink
  }

  public func receive(_ events: [Event]) throws {
    placer.place(events)
    try sink.receive(placer.placed)
    placer.removePlaced()
  }

  /// Whether a block of this name is live; lets a merger of concurrent streams see which of two events comes first.
  public func isLive(_ block: UInt64) -> Bool { placer.isLive(block) }

  /// What the whole sequence amounted to; call it after the last event.
  public func finish() -> EventSummary { placer.finish() }
}
