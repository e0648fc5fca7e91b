// SPDX-License-Identifier: MIT

/// What all allocations of a trace amount to, with or without stacks: counted, not estimated.
public struct AllocationTotals: Equatable, Sendable {
  public internal(set) var allocatedByteCount: UInt64 = 0
  public internal(set) var allocatedBlockCount: UInt64 = 0
  /// Live when most bytes were.
  public internal(set) var peakByteCount: UInt64 = 0
  public internal(set) var peakBlockCount: UInt64 = 0
  /// When that first was, since the start of the program.
  public internal(set) var peakNanoseconds: UInt64 = 0
  public internal(set) var leakedByteCount: UInt64 = 0
  public internal(set) var leakedBlockCount: UInt64 = 0

  init() {}
}
