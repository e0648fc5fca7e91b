// SPDX-License-Identifier: MIT

/// One step of a program as its memory allocator sees it: a call of the malloc family that succeeded, or the start or
/// end of a thread.
///
/// Blocks are named by a nonzero number that is unique among the blocks live at the same time: an address in a
/// recorded program, a serial number in a generated one. A sequence of events is in an order in which the program
/// could have made the calls one after another.
public struct Event: Equatable, Sendable {
  /// What happened.
  public enum Kind: UInt8, CaseIterable, Sendable {
    case malloc
    case calloc
    case realloc
    case aligned
    case free
    case threadStart
    case threadEnd

    /// Whether the event hands a block to the program.
    public var isAllocation: Bool { rawValue <= Kind.aligned.rawValue }

    /// Whether the event is a call of the allocator, and so counts as an operation.
    public var isOperation: Bool { rawValue <= Kind.free.rawValue }
  }

  public var kind: Kind
  /// Base-two logarithm of the alignment asked for; 0 unless `kind` is `aligned`.
  public var alignmentShift: UInt8
  /// Which thread made the call: 0 is the first thread of the program, others follow in order of first appearance.
  public var thread: UInt32
  /// The block that was handed out or freed; 0 for thread events.
  public var block: UInt64
  /// The block that went into `realloc`; 0 otherwise.
  public var formerBlock: UInt64
  /// Bytes asked for (for `calloc` the product); 0 for frees and thread events.
  public var size: UInt64
  /// When the call was made, since the start of the program; 0 in generated sequences.
  public var nanoseconds: UInt64
  /// Where an allocation was made: a stack of the trace's definitions; 0 where none was recorded, and for other events.
  public var stack: UInt32

  public init(
    _ kind: Kind, thread: UInt32, block: UInt64 = 0, formerBlock: UInt64 = 0, size: UInt64 = 0,
    alignmentShift: UInt8 = 0, nanoseconds: UInt64 = 0, stack: UInt32 = 0
  ) {
    self.kind = kind
    self.alignmentShift = alignmentShift
    self.thread = thread
    self.block = block
    self.formerBlock = formerBlock
    self.size = size
    self.nanoseconds = nanoseconds
    self.stack = stack
  }
}
