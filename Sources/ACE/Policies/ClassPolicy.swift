// SPDX-License-Identifier: MIT

/// How one size class of tiny blocks is treated, in all heaps: what the engine moves class by class.
struct ClassPolicy {
  /// Empty slabs that the class keeps in each heap, with their blocks linked.
  var keptSlabs: UInt8
  /// Pages of 4 KiB that a refill makes blocks of at once.
  var carvePages: UInt8
  /// Ticks for which a class is left alone before its list goes back to its slab.
  var shrinkTicks: UInt16
}
