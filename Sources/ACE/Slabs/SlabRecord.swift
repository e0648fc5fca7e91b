// SPDX-License-Identifier: MIT

/// What is known of a slab, in 32 bytes. Written by the thread that uses the heap that owns it, and while nobody does.
///
/// Conservation: live + free == carved <= capacity, where the blocks of the heap's front, of outboxes and of the remote
/// queue count as live. The front takes a whole list at once and is charged for all of it, so that neither malloc nor the
/// hot free counts.
struct SlabRecord {
  /// The heap that carves the slab and takes its frees; nil while nobody uses it.
  var owner: HeapPointer?
  /// Blocks freed while another slab of the class was current.
  var freeList: BlockPointer?
  /// Where the class's front lies in a heap, in bytes: the class times the stride of a front.
  var frontOffset: UInt16
  /// Frees until something is to be done. What that is says `state`.
  var countdown: UInt16
  /// Blocks that exist: from the slab's end downwards, `carved` of its capacity.
  var carved: UInt16
  var state: State
  /// Of a full slab, what `countdown` began with.
  var wakeCount: UInt8 = 0
  /// Neighbours in the heap's list of slabs with free blocks, by number plus one; 0 for none.
  var next: UInt32
  var previous: UInt32

  enum State: UInt8 {
    /// Nobody's.
    case unused
    /// The front serves from it: its frees go to the front, nothing is counted.
    case current
    /// All charged; at `countdown` 0 enough is free for it to be listed.
    case full
    /// In its class's list; at `countdown` 0 it is empty.
    case listed
    /// It has pages that were never carved, and waits for the listed ones to be used up; at `countdown` 0 it is empty.
    case open
  }
}
