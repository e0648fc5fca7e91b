// SPDX-License-Identifier: MIT

import CACE

// Allocation beyond the hot path. The route of a block follows from its size: tiny, mid, large, huge.

/// A block that the thread's front could not serve.
@inline(never) func allocateSlowly(_ byteCount: UInt) -> UnsafeMutableRawPointer? {
  let heap = HeapPointer.ofThread
  if heap.isEmpty { return allocateWithoutHeap(byteCount, alignment: 1) }
  if byteCount > Layout.tinyLimit, let block = heap.pointee.mid.takeRecent(byteCount) { return block.raw }
  return allocate(byteCount, from: heap)
}

/// A thread's first block, and all of them while the gate is on.
@inline(never) private func allocateWithoutHeap(_ byteCount: UInt, alignment: UInt) -> UnsafeMutableRawPointer? {
  HeapRegistry.begin()
  if Gate.isOn { return Gate.makeBlock(byteCount, alignment: alignment) }
  let isThreadEnding = HeapRegistry.isThreadEnding
  guard let heap = HeapRegistry.attach() else {
    return HugeHeap.allocate(byteCount, alignment: max(alignment, Layout.pageByteCount)) ?? outOfMemory()
  }
  // The heap may be one that a thread before has left, with blocks in its fronts.
  let block = allocate(byteCount, alignment: alignment)
  if isThreadEnding { HeapRegistry.leaveDormant(heap) }
  return block
}

@inline(never) private func allocate(_ byteCount: UInt, from heap: HeapPointer) -> UnsafeMutableRawPointer? {
  if byteCount <= Layout.tinyLimit {
    if let block = heap.refill(SizeClass(holding: max(byteCount, 1))) { return block.raw }
  }
  if byteCount <= Layout.midLimit {
    if ace_load(heap.inbox) != 0 { heap.drain() }
    if let block = heap.pointee.mid.allocate(byteCount, for: heap) { return block }
  }
  if byteCount <= Layout.largeLimit {
    if let block = LargeHeap.allocate(byteCount, alignment: 1) { return block.block }
  }
  return HugeHeap.allocate(byteCount, alignment: Layout.pageByteCount) ?? outOfMemory()
}

/// A block of `byteCount` bytes at a multiple of `alignment`, a power of two.
func allocate(_ byteCount: UInt, alignment: UInt) -> UnsafeMutableRawPointer? {
  guard byteCount <= Layout.blockLimit, alignment <= Layout.blockLimit / 2 else { return outOfMemory() }
  if Gate.guardsThread { return Gate.makeBlock(byteCount, alignment: alignment) }
  // Slabs place blocks at multiples of their size: a multiple of the alignment is aligned by itself.
  let rounded = Layout.roundUp(max(byteCount, 1), to: alignment)
  if alignment <= Layout.grainByteCount { return allocate(byteCount) }
  let heap = HeapPointer.ofThread
  if heap.isEmpty { return allocateWithoutHeap(byteCount, alignment: alignment) }
  if rounded <= Layout.tinyLimit, Layout.blockPrefixByteCount == 0 {
    if let block = allocateHot(rounded) { return block }
    if let block = heap.refill(SizeClass(holding: rounded), mayBorrow: false) { return block.raw }
  }
  if byteCount &+ alignment <= Layout.midLimit, let block = allocateMid(byteCount, alignment: alignment, heap) {
    return block
  }
  if byteCount &+ alignment <= Layout.largeLimit, let block = LargeHeap.allocate(byteCount, alignment: alignment) {
    return block.block
  }
  return HugeHeap.allocate(byteCount, alignment: max(alignment, Layout.pageByteCount)) ?? outOfMemory()
}

/// A block of zeros.
func allocateZeroed(_ byteCount: UInt) -> UnsafeMutableRawPointer? {
  if byteCount > Layout.midLimit {
    // Fresh pages are zero: what was never touched is not written.
    if byteCount <= Layout.largeLimit, !HeapPointer.ofThread.isEmpty,
      let (block, isZero) = LargeHeap.allocate(byteCount, alignment: 1)
    {
      if !isZero { memset(block, 0, Int(byteCount)) }
      return block
    }
    if byteCount > Layout.largeLimit, !Gate.isOn {
      return HugeHeap.allocate(byteCount, alignment: Layout.pageByteCount) ?? outOfMemory()
    }
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
