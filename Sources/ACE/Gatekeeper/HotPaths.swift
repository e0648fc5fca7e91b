// SPDX-License-Identifier: MIT

import CACE

// The paths that nearly every call takes. Their instructions are counted by a test.

/// A block of at least `byteCount` bytes, aligned to 16; nil when there is no memory.
@inline(__always) func allocate(_ byteCount: UInt) -> UnsafeMutableRawPointer? {
  allocateHot(byteCount) ?? allocateSlowly(byteCount)
}

/// A block that the thread's front has; nil when it has none, or the size is not tiny.
@inline(__always) func allocateHot(_ byteCount: UInt) -> UnsafeMutableRawPointer? {
  guard byteCount <= Layout.tinyLimit else { return nil }
  let front = HeapPointer.ofThread.front(SizeClass(holding: byteCount))
  guard let block = front.pointee.head else { return nil }
  front.pointee.head = block.pointee.next
  return block.raw
}

/// Gives a block back; nil and what is not ACE's are seen by the same comparison.
@inline(__always) func deallocate(_ pointer: UnsafeMutableRawPointer?) {
  let address = UInt(bitPattern: pointer)
  guard address >> Layout.tinyShift == Layout.tinyPlace else { return deallocateElsewhere(pointer) }
  deallocateTiny(BlockPointer(at: address))
}

@inline(__always) func deallocateTiny(_ block: BlockPointer) {
  let address = block.address
  let record = Slab(containing: address).record
  let heap = HeapPointer.ofThread
  let front = heap.front(offset: UInt(record.pointee.frontOffset))
  if front.pointee.current == address >> Layout.slabShift {
    block.pointee.next = front.pointee.head
    front.pointee.head = block
    return
  }
  guard UInt(bitPattern: record.pointee.owner) == UInt(bitPattern: heap) else { return deallocateRemotely(block) }
  block.pointee.next = record.pointee.freeList
  record.pointee.freeList = block
  record.pointee.countdown &-= 1
  if record.pointee.countdown == 0 { deallocatedLast(block, heap) }
}
