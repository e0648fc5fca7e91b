// SPDX-License-Identifier: MIT

/// What a heap counts for a class, on slow paths only. Written by the heap's thread, read by anybody for statistics.
struct ClassCounters {
  var refills: UInt64 = 0
  var refilledBlocks: UInt64 = 0
  var carvedBlocks: UInt64 = 0
  /// Blocks of this class that were handed out to a smaller one.
  var borrowedBlocks: UInt64 = 0
  var remoteFrees: UInt64 = 0
  /// Slabs in use.
  var slabs: UInt64 = 0
}
