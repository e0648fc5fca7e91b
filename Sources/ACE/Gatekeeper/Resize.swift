// SPDX-License-Identifier: MIT

import CACE

/// Bytes that a block may be used for; 0 for nil and for what is not ACE's.
func usableByteCount(_ pointer: UnsafeMutableRawPointer?) -> UInt {
  guard let pointer else { return 0 }
  return Gate.guardsThread ? Gate.requestedByteCount(pointer) : ungatedUsableByteCount(pointer.address)
}

/// Bytes from a block's start to the next block.
func ungatedUsableByteCount(_ address: UInt) -> UInt {
  if Span.tiny.contains(address) {
    return Slab(containing: address).sizeClass.blockByteCount &- Layout.blockPrefixByteCount
  }
  if Span.mid.contains(address) { return MidHeap.usableByteCount(address) }
  if Span.large.contains(address) { return LargeHeap.usableByteCount(address) }
  return HugeHeap.usableByteCount(address)
}

/// A block of `byteCount` bytes, not 0, with the contents of another, which is freed; nil, and the other untouched, when there is
/// no memory.
func reallocate(_ pointer: UnsafeMutableRawPointer, _ byteCount: UInt) -> UnsafeMutableRawPointer? {
  if Gate.guardsThread { return Gate.resizeBlock(pointer, byteCount) }
  let address = pointer.address
  let usable = ungatedUsableByteCount(address)
  if usable == 0 { return copyOfForeign(pointer, byteCount) }
  guard byteCount <= Layout.blockLimit else { return outOfMemory() }
  // What would save less than half stays where it is.
  if byteCount <= usable, byteCount >= usable / 2, !Span.large.contains(address) { return pointer }
  if Span.mid.contains(address) {
    if byteCount > Layout.tinyLimit, byteCount <= 2 * Layout.midLimit, resizeMid(address, byteCount) { return pointer }
  } else if Span.large.contains(address) {
    if byteCount > Layout.midLimit / 2, byteCount <= Layout.largeLimit {
      return LargeHeap.resize(address, to: byteCount) ? pointer : moveLarge(pointer, usable, byteCount)
    }
  } else if byteCount > Layout.largeLimit, !Span.tiny.contains(address) {
    if let block = HugeHeap.resize(address, to: byteCount) { return block }
    return makeRoom(for: byteCount) ? HugeHeap.resize(address, to: byteCount) ?? outOfMemory() : outOfMemory()
  }
  if byteCount > usable, usable > Layout.tinyLimit, byteCount <= Layout.midLimit {
    // What has grown is likely to grow again: a quarter more saves every other copy, and is not touched before it is used.
    let generous = max(byteCount, min(usable &+ usable / 4, Layout.midLimit))
    if let new = copy(pointer, usable, to: generous) { return new }
  }
  // Programs take it for granted that a block can shrink.
  return copy(pointer, min(usable, byteCount), to: byteCount) ?? (byteCount <= usable ? pointer : nil)
}

private func resizeMid(_ address: UInt, _ byteCount: UInt) -> Bool {
  let heap = HeapPointer.ofThread
  guard MidSuperslab.isOwned(address, by: heap) else { return false }
  return heap.pointee.mid.resize(address, to: byteCount)
}

private func copy(_ pointer: UnsafeMutableRawPointer, _ count: UInt, to byteCount: UInt) -> UnsafeMutableRawPointer? {
  guard let new = allocate(byteCount) else { return nil }
  memcpy(new, pointer, Int(count))
  deallocate(pointer)
  return new
}

/// Moves the pages instead of copying what is in them.
private func moveLarge(_ pointer: UnsafeMutableRawPointer, _ usable: UInt, _ byteCount: UInt)
  -> UnsafeMutableRawPointer?
{
  guard let (new, _) = LargeHeap.allocate(byteCount, alignment: 1) else {
    return copy(pointer, min(usable, byteCount), to: byteCount)
  }
  let isToMove = usable >= Layout.pageMoveLimit
  let moved = isToMove && ace_move_pages(pointer, new, Int(usable))
  if !moved {
    // Kernels before 6.17 unmap the target before they find that the source is more than one mapping, or that a limit is met.
    if isToMove, ace_map(new, Int(usable), PROT_READ | PROT_WRITE, Int32(MAP_FIXED)) == nil {
      // Nobody else may get the block: part of it is not there.
      return outOfMemory()
    }
    memcpy(new, pointer, Int(usable))
  }
  LargeHeap.deallocate(pointer.address, isResident: !moved)
  return new
}

private func copyOfForeign(_ pointer: UnsafeMutableRawPointer, _ byteCount: UInt) -> UnsafeMutableRawPointer? {
  guard let new = allocate(byteCount) else { return nil }
  if Foreign.copy(from: pointer, to: new, byteCount: byteCount) { return new }
  deallocate(new)
  return outOfMemory()
}
