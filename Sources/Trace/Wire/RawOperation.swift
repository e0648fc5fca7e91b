// SPDX-License-Identifier: MIT

/// What an event of a raw trace is: the three lowest bits of its first byte.
enum RawOperation: UInt8 {
  /// Nothing was written here: the segment ends.
  case end
  case malloc
  case free
  case calloc
  /// A block goes into `realloc`.
  case reallocOut
  /// A block comes out of it.
  case reallocIn
  case aligned
  /// What it is stands in the slot bits: a `RawExtension`.
  case extended
}

/// The events that are rare enough to share one operation.
enum RawExtension: UInt8 {
  case threadEnd
  /// The `realloc` that was begun returned no block; the one that went in is as it was.
  case reallocFailed
  /// A byte follows: the four lowest bits of the next event's address, which are zero without this.
  case lowBits
  /// A number follows: the stack of the next event, which is an allocation.
  case stack
}
