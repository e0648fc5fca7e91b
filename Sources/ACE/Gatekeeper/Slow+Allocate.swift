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
  if let block = place(byteCount, heap) {
    Upkeep.noteSlowCall(heap, byteCount)
    return block
  }
  if makeRoom(for: byteCount), let block = place(byteCount, heap) { return block }
  return placeElsewhere(byteCount, heap) ?? outOfMemory()
}

/// A block where those of its size belong.
@inline(__always) private func place(_ byteCount: UInt, _ heap: HeapPointer) -> UnsafeMutableRawPointer? {
  if byteCount <= Layout.tinyLimit { return heap.refill(SizeClass(holding: max(byteCount, 1)))?.raw }
  if byteCount <= Layout.midLimit, Route.current != .tinyOnly {
    if ace_load(heap.inbox) != 0 { heap.drain() }
    return heap.pointee.mid.allocate(byteCount, for: heap)
  }
  if byteCount <= Layout.largeLimit { return LargeHeap.allocate(byteCount, alignment: 1)?.block }
  return HugeHeap.allocate(byteCount, alignment: Layout.pageByteCount)
}

/// A block where those of larger sizes are, because there is no memory for another place for its own.
@inline(never) private func placeElsewhere(_ byteCount: UInt, _ heap: HeapPointer) -> UnsafeMutableRawPointer? {
  if byteCount <= Layout.tinyLimit, let block = heap.pointee.mid.allocate(byteCount, for: heap) { return block }
  if byteCount <= Layout.midLimit, let block = LargeHeap.allocate(byteCount, alignment: 1) { return block.block }
  return HugeHeap.allocate(byteCount, alignment: Layout.pageByteCount)
}

/// A block of `byteCount` bytes at a multiple of `alignment`, a power of two.
func allocate(_ byteCount: UInt, alignment: UInt) -> UnsafeMutableRawPointer? {
  guard byteCount <= Layout.blockLimit, alignment <= Layout.blockLimit / 2 else { return outOfMemory() }
  if Gate.guardsThread { return Gate.makeBlock(byteCount, alignment: alignment) }
  if alignment <= Layout.grainByteCount { return allocate(byteCount) }
  let heap = HeapPointer.ofThread
  if heap.isEmpty { return allocateWithoutHeap(byteCount, alignment: alignment) }
  if let block = place(byteCount, alignment: alignment, heap) {
    Upkeep.noteSlowCall(heap, byteCount)
    return block
  }
  if makeRoom(for: byteCount), let block = place(byteCount, alignment: alignment, heap) { return block }
  return placeElsewhere(byteCount, alignment: alignment, heap) ?? outOfMemory()
}

private func place(_ byteCount: UInt, alignment: UInt, _ heap: HeapPointer) -> UnsafeMutableRawPointer? {
  // Slabs place blocks at multiples of their size: a multiple of the alignment is aligned by itself.
  let rounded = Layout.roundUp(max(byteCount, 1), to: alignment)
  if rounded <= Layout.tinyLimit, Layout.blockPrefixByteCount == 0 {
    return allocateHot(rounded) ?? heap.refill(SizeClass(holding: rounded), mayBorrow: false)?.raw
  }
  if byteCount &+ alignment <= Layout.midLimit, Route.current != .tinyOnly {
    return allocateMid(byteCount, alignment: alignment, heap)
  }
  if byteCount &+ alignment <= Layout.largeLimit {
    return LargeHeap.allocate(byteCount, alignment: alignment)?.block
  }
  return HugeHeap.allocate(byteCount, alignment: max(alignment, Layout.pageByteCount))
}

@inline(never) private func placeElsewhere(_ byteCount: UInt, alignment: UInt, _ heap: HeapPointer)
  -> UnsafeMutableRawPointer?
{
  let sum = byteCount &+ alignment
  if sum <= Layout.midLimit, let block = allocateMid(byteCount, alignment: alignment, heap) { return block }
  if sum <= Layout.largeLimit, let block = LargeHeap.allocate(byteCount, alignment: alignment) { return block.block }
  return HugeHeap.allocate(byteCount, alignment: max(alignment, Layout.pageByteCount))
}

/// A block of zeros.
func allocateZeroed(_ byteCount: UInt) -> UnsafeMutableRawPointer? {
  if byteCount > Layout.midLimit {
    // Fresh pages are zero: what was never touched is not written.
    let heap = HeapPointer.ofThread
    if byteCount <= Layout.largeLimit, !heap.isEmpty,
      let (block, isZero) = LargeHeap.allocate(byteCount, alignment: 1)
    {
      if !isZero { memset(block, 0, Int(byteCount)) }
      Upkeep.noteSlowCall(heap, byteCount)
      return block
    }
    if byteCount > Layout.largeLimit {
      // It may be the program's first block, before it is known whether the gate is on.
      HeapRegistry.begin()
      if !Gate.isOn, let block = HugeHeap.allocate(byteCount, alignment: Layout.pageByteCount) { return block }
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
