// SPDX-License-Identifier: MIT

/// A class's front in a heap: the one list that malloc pops from and free pushes to, for fresh and freed blocks alike.
struct Front {
  /// Free blocks, all of slab `current`; charged to it.
  var head: BlockPointer?
  /// The slab that the list belongs to, as the upper bits of its blocks' addresses; 0 when there is none.
  var current: UInt

  // Derived: a class's front is found by a multiplication that is a shift.
  @inline(__always) static var stride: Int { 16 }
}
