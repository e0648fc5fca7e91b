// SPDX-License-Identifier: MIT

import CACE

/// A thread's heap: its fronts, the slabs it owns by class, its mid blocks, and what it owes to others. One thread at a time
/// uses it; when that ends, the heap is dormant until another thread takes it over, with all that is in it. Others touch only
/// its inbox, and its counters to read them; a dormant heap may be drained under the heaps' lock.
///
/// The order of the fields is that of use: the fronts are what `ace_empty_heap` mirrors, the inbox has a cache line to
/// itself. A heap of zero bytes is an empty one.
struct Heap {
  // Derived: classes, and number 0. The header build has one class more.
  @inline(__always) static var slotCount: Int { 66 }
  // Chosen: where random sizes up to 1 KiB leave a tenth less memory unused, and take no time that could be measured.
  /// Blocks of larger classes that a class takes before it carves a page of its own.
  nonisolated(unsafe) static var borrowLimit: UInt8 = 64
  /// Empty slabs that a heap keeps for itself; any class may take one without a lock.
  nonisolated(unsafe) static var warmLimit: UInt32 = 2
  /// Slabs beyond the one in need that a heap takes when it asks the shared pool.
  nonisolated(unsafe) static var prefillCount: UInt32 = 0
  // Derived: 66 fronts of 16 bytes, and 32 bytes to the next multiple of 64.
  @inline(__always) static var inboxOffset: Int { 1088 }

  var fronts = InlineArray<66, Front>(repeating: Front(head: nil, current: 0))
  private var beforeInbox = InlineArray<4, UInt64>(repeating: 0)
  /// The first of the queues that have become non-empty, by its address. Written by everybody, atomically.
  private(set) var inboxHead: UInt64 = 0
  private var afterInbox = InlineArray<7, UInt64>(repeating: 0)

  /// The first slab of each class with free blocks, by number plus one; 0 for none.
  var listed = InlineArray<66, UInt32>(repeating: 0)
  /// The slab of each class that has pages never carved, while it is not current; at most one.
  var open = InlineArray<66, UInt32>(repeating: 0)
  /// How often each class has taken a block of a larger one since it last carved a page of its own.
  var borrowed = InlineArray<66, UInt8>(repeating: 0)
  /// Empty slabs that each class has kept, listed or open.
  var kept = InlineArray<66, UInt8>(repeating: 0)
  /// Empty slabs kept for any class, linked by `next`: the warm pool.
  var spare: UInt32 = 0
  var spareCount: UInt32 = 0
  var outbox = Outbox()
  var mid = MidHeap()
  var warmHitCount: UInt64 = 0
  var warmMissCount: UInt64 = 0
  var activity = HeapActivity()
  var counters = InlineArray<66, ClassCounters>(repeating: ClassCounters())

  /// The next dormant heap. Written under the heaps' lock, as is all that follows.
  var nextDormant: HeapPointer?
  /// The heap made before this one.
  var nextOfAll: HeapPointer?
  var isDormant = false
  var user = HeapUser()
}

typealias HeapPointer = UnsafeMutablePointer<Heap>

extension UnsafeMutablePointer<Heap> {
  /// The heap of the calling thread; one of `ace_empty_heap` when it has none.
  @inline(__always) static var ofThread: HeapPointer { ace_slot_get().assumingMemoryBound(to: Heap.self) }
  @inline(__always) var isEmpty: Bool { ace_slot_is_empty(self) }

  @inline(__always) var inbox: UnsafeMutableRawPointer { UnsafeMutableRawPointer(self) + Heap.inboxOffset }

  @inline(__always) func front(_ sizeClass: SizeClass) -> UnsafeMutablePointer<Front> {
    front(offset: UInt(bitPattern: sizeClass.number * Front.stride))
  }
  @inline(__always) func front(offset: UInt) -> UnsafeMutablePointer<Front> {
    // The fronts are the heap's first field.
    UnsafeMutablePointer<Front>(bitPattern: UInt(bitPattern: self) &+ offset).unsafelyUnwrapped
  }
}
