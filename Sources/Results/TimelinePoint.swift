// SPDX-License-Identifier: MIT

/// The memory of a process at a step of its operations; values that were not read are nil.
public struct TimelinePoint: Equatable, Sendable {
  /// Operations performed before it was taken.
  public var operationIndex: UInt64
  /// Since the first operation.
  public var elapsedNanoseconds: UInt64
  /// Requested bytes live.
  public var liveByteCount: UInt64
  public var residentByteCount: UInt64?
  public var virtualByteCount: UInt64?
  public var lazyFreeByteCount: UInt64?

  public init(
    operationIndex: UInt64, elapsedNanoseconds: UInt64, liveByteCount: UInt64, residentByteCount: UInt64? = nil,
    virtualByteCount: UInt64? = nil, lazyFreeByteCount: UInt64? = nil
  ) {
    self.operationIndex = operationIndex
    self.elapsedNanoseconds = elapsedNanoseconds
    self.liveByteCount = liveByteCount
    self.residentByteCount = residentByteCount
    self.virtualByteCount = virtualByteCount
    self.lazyFreeByteCount = lazyFreeByteCount
  }
}
