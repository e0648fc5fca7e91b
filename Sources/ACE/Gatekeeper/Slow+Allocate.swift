// SPDX-License-Identifier: MIT

import CACE

// Allocation beyond the hot path. The route of a block follows from its size: tiny, mid, large, huge.

/// A block that the thread's front could not serve.
@inline(never) func allocateSlowly(_ byteCount: UInt) -> UnsafeMutableRawPointer? {
  if let heap = HeapRegistry.attached() {
    if byteCount <= Layout.tinyLimit {
      let sizeClass = SizeClass(holding: max(byteCount, 1))
      // The heap may be one that a thread before has left, with blocks in its fronts.
      if let block = heap.refill(sizeClass) { return block.raw }
    }
    if byteCount <= Layout.midLimit {
      if let block = allocateMid(byteCount, alignment: 1, heap) { return block }
    }
    if byteCount <= Layout.largeLimit {
      if let block = LargeHeap.allocate(byteCount, alignment: 1) { return block.block }
    }
  }
  return HugeHeap.allocate(byteCount, alignment: Layout.pageByteCount) ?? outOfMemory()
}

/// A block of `byteCount` bytes at a multiple of `alignment`, a power of two.
func allocate(_ byteCount: UInt, alignment: UInt) -> UnsafeMutableRawPointer? {
  guard byteCount <= Layout.blockLimit, alignment <= Layout.blockLimit / 2 else { return outOfMemory() }
  // Slabs place blocks at multiples of their size: a multiple of the alignment is aligned by itself.
  let rounded = Layout.roundUp(max(byteCount, 1), to: alignment)
  if alignment <= Layout.grainByteCount { return allocate(byteCount) }
  if rounded <= Layout.tinyLimit, Layout.blockPrefixByteCount == 0 { return allocate(rounded) }
  if let heap = HeapRegistry.attached() {
    if byteCount &+ alignment <= Layout.midLimit, let block = allocateMid(byteCount, alignment: alignment, heap) {
      return block
    }
    if byteCount &+ alignment <= Layout.largeLimit, let block = LargeHeap.allocate(byteCount, alignment: alignment) {
      return block.block
    }
  }
  return HugeHeap.allocate(byteCount, alignment: max(alignment, Layout.pageByteCount)) ?? outOfMemory()
}

/// A block of zeros.
func allocateZeroed(_ byteCount: UInt) -> UnsafeMutableRawPointer? {
  if byteCount > Layout.midLimit {
    // Fresh pages are zero: what was never touched is not written.
    if byteCount <= Layout.largeLimit, HeapRegistry.attached() != nil,
      let (block, isZero) = LargeHeap.allocate(byteCount, alignment: 1)
    {
      if !isZero { memset(block, 0, Int(byteCount)) }
      return block
    }
    return HugeHeap.allocate(byteCount, alignment: Layout.pageByteCount) ?? outOfMemory()
  }
  guard let block = allocate(byteCount) else { return nil }
  return memset(block, 0, Int(byteCount))
}

private func allocateMid(_ byteCount: UInt, alignment: UInt, _ heap: HeapPointer) -> UnsafeMutableRawPointer? {
  if ace_load(heap.inbox) != 0 { heap.drain() }
  return heap.pointee.mid.allocate(byteCount, alignment: alignment, for: heap)
}

func outOfMemory() -> UnsafeMutableRawPointer? {
  ace_set_errno(ENOMEM)
  return nil
}
