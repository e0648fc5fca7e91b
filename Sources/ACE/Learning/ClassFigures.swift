// SPDX-License-Identifier: MIT

/// What a size class went through in an epoch, in all heaps.
struct ClassFigures {
  /// Ticks that the epoch lasted.
  var ticks: UInt64 = 0
  /// Times that a front was empty.
  var refills: UInt64 = 0
  /// Pages of 4 KiB that refills made blocks of.
  var carvedPages: UInt64 = 0
  /// Slabs taken into use, and those that became empty and were given back.
  var begunSlabs: UInt64 = 0
  var returnedSlabs: UInt64 = 0
  /// Unused lists that were given back to their slabs, and those that were asked for again soon after.
  var shrunkLists: UInt64 = 0
  var regrettedLists: UInt64 = 0
}
