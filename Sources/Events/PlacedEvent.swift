// SPDX-License-Identifier: MIT

/// An event whose block has been given a slot in a dense table, and whose dependence on another thread is stated.
///
/// A block keeps its slot from allocation to free, through every realloc; a slot is used again when its block is free.
/// An event that needs something another thread did (the block it frees, the slot it takes, its own thread's
/// start) names that thread and how far it must have come. Replaying every thread in its own order, each waiting
/// where an event says so, keeps every block's life in order without any other synchronisation.
public struct PlacedEvent: Equatable, Sendable {
  public var kind: Event.Kind
  public var alignmentShift: UInt8
  /// The thread that performs the event.
  public var thread: UInt32
  /// The slot that holds the block; 0 for thread events.
  public var slot: UInt32
  /// The thread that must have performed `awaitedCount` of its events first; `thread` itself when there is none.
  /// For `threadStart` it is the thread that starts this one.
  public var awaitedThread: UInt32
  /// How many events (of any kind) the awaited thread must have performed.
  public var awaitedCount: UInt64
  /// Bytes asked for; 0 for frees and thread events.
  public var size: UInt64
  /// Since the start of the program; 0 in generated sequences.
  public var nanoseconds: UInt64
  /// Where an allocation was made: a stack of the trace's definitions; 0 where none was recorded, and for other events.
  public var stack: UInt32

  public init(
    _ kind: Event.Kind, thread: UInt32, slot: UInt32 = 0, size: UInt64 = 0, alignmentShift: UInt8 = 0,
    awaitedThread: UInt32? = nil, awaitedCount: UInt64 = 0, nanoseconds: UInt64 = 0, stack: UInt32 = 0
  ) {
    self.kind = kind
    self.alignmentShift = alignmentShift
    self.thread = thread
    self.slot = slot
    self.awaitedThread = awaitedThread ?? thread
    self.awaitedCount = awaitedCount
    self.size = size
    self.nanoseconds = nanoseconds
    self.stack = stack
  }

  /// Whether another thread must have come somewhere before this event.
  public var awaitsAnotherThread: Bool { awaitedThread != thread }

  /// The same step with its block named by slot, for those that take unplaced events.
  public var event: Event {
    let block = kind.isOperation ? UInt64(slot) + 1 : 0
    return Event(
      kind, thread: thread, block: block, formerBlock: kind == .realloc ? block : 0, size: size,
      alignmentShift: alignmentShift, nanoseconds: nanoseconds, stack: stack)
  }
}
