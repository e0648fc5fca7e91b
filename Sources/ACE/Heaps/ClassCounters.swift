// SPDX-License-Identifier: MIT

/// What a heap counts for a class, on slow paths only. Written by the heap's thread, read by anybody for statistics. A cache line:
/// what is rarer is counted in 32 bits.
struct ClassCounters {
  var refills: UInt64 = 0
  var refilledBlocks: UInt64 = 0
  var carvedBlocks: UInt64 = 0
  /// Blocks of this class that were handed out to a smaller one.
  var borrowedBlocks: UInt64 = 0
  var remoteFrees: UInt64 = 0
  /// Pages that refills made blocks of.
  var carvedPages: UInt32 = 0
  /// Slabs taken into use, and those that became empty and left the class.
  var begunSlabs: UInt32 = 0
  var returnedSlabs: UInt32 = 0
  /// Lists that went back to their slab, and were asked for again within as many ticks as that had taken.
  var regrettedLists: UInt32 = 0
  /// Times that the list, unused, went back to its slab.
  var shrunkLists: UInt32 = 0
  /// Slabs in use.
  var slabs: UInt32 = 0
}
