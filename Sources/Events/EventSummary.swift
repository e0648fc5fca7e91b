// SPDX-License-Identifier: MIT

/// What a sequence of events amounts to, counted while its blocks were placed.
public struct EventSummary: Equatable, Sendable {
  /// Operations by kind, indexed by `Event.Kind.rawValue`; thread events are counted too.
  public var countByKind = [UInt64](repeating: 0, count: Event.Kind.allCases.count)
  public var threadCount: UInt32 = 0
  /// Slots needed: the highest number of blocks live at once, and a few more where threads hand blocks over.
  public var slotCount: UInt32 = 0
  /// Bytes ever asked for.
  public var requestedByteCount: UInt64 = 0
  /// Requested bytes live at their highest.
  public var livePeakByteCount: UInt64 = 0
  /// How many operations had been performed when `livePeakByteCount` was first reached.
  public var livePeakOperation: UInt64 = 0
  /// Blocks and requested bytes live at the end: never freed.
  public var liveEndBlockCount: UInt64 = 0
  public var liveEndByteCount: UInt64 = 0
  /// The largest single request.
  public var largestRequestByteCount: UInt64 = 0
  /// Frees by a thread other than the one that allocated.
  public var crossThreadFreeCount: UInt64 = 0
  /// Frees and reallocs of blocks that were not live: left out (a realloc becomes an allocation).
  public var unmatchedFreeCount: UInt64 = 0
  /// Allocations at a name still live: the earlier block's free was missed, and is put in just before.
  public var missedFreeCount: UInt64 = 0
  /// Time between the first and the last event; 0 in generated sequences.
  public var elapsedNanoseconds: UInt64 = 0

  public init() {}

  /// Calls of the allocator.
  public var operationCount: UInt64 {
    Event.Kind.allCases.filter(\.isOperation).reduce(0) { $0 + countByKind[Int($1.rawValue)] }
  }

  public func count(of kind: Event.Kind) -> UInt64 { countByKind[Int(kind.rawValue)] }
}
