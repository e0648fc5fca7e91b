// SPDX-License-Identifier: MIT

import CACE

/// Blocks with a mapping of their own: those beyond the large limit, and any block that the span has no room for. Everything
/// here happens under the lock for huge blocks, but for the system calls that make mappings and undo them. Moving one happens
/// under it: between the call and the entry another thread could be given the old address.
enum HugeHeap {
  private nonisolated(unsafe) static var table = HugeTable()
  private(set) nonisolated(unsafe) static var mappedByteCount: UInt64 = 0
  private(set) nonisolated(unsafe) static var allocationCount: UInt64 = 0
  static var blockCount: UInt64 { UInt64(table.count) }

  /// A block of zeros at a multiple of `alignment`, at least a page; nil when there is no memory.
  static func allocate(_ byteCount: UInt, alignment: UInt) -> UnsafeMutableRawPointer? {
    guard byteCount <= Layout.blockLimit &- alignment else { return nil }
    let length = Layout.roundUp(max(byteCount, 1), to: Layout.pageByteCount)
    let slack = alignment &- Layout.pageByteCount
    let protection = PROT_READ | PROT_WRITE
    guard let mapping = ace_map(nil, Int(length &+ slack), protection, 0) else { return nil }
    let start = Layout.roundUp(mapping.address, to: alignment)
    if start > mapping.address { munmap(mapping, Int(start &- mapping.address)) }
    let rest = mapping.address &+ slack &- start
    if rest > 0 { munmap(UnsafeMutableRawPointer(bitPattern: start &+ length), Int(rest)) }
    guard let block = UnsafeMutableRawPointer(bitPattern: start) else { return nil }
    ace_take(ACE_LOCK_HUGE)
    defer { ace_give(ACE_LOCK_HUGE) }
    guard table.insert(start, byteCount: length) else {
      munmap(block, Int(length))
      return nil
    }
    mappedByteCount &+= UInt64(length)
    allocationCount &+= 1
    return block
  }

  /// Gives a block back to the system; false when it is none.
  static func deallocate(_ address: UInt) -> Bool {
    ace_take(ACE_LOCK_HUGE)
    let byteCount = table.remove(address)
    mappedByteCount &-= UInt64(byteCount)
    ace_give(ACE_LOCK_HUGE)
    if byteCount == 0 { return false }
    munmap(UnsafeMutableRawPointer(bitPattern: address), Int(byteCount))
    return true
  }

  /// The size of a block's mapping; 0 when it is none.
  static func usableByteCount(_ address: UInt) -> UInt {
    ace_take(ACE_LOCK_HUGE)
    defer { ace_give(ACE_LOCK_HUGE) }
    return table.byteCount(address)
  }

  /// The block with another size, moved by the system if it has to be; nil, and the block as it was, when that is refused.
  static func resize(_ address: UInt, to byteCount: UInt) -> UnsafeMutableRawPointer? {
    guard byteCount <= Layout.blockLimit &- Layout.pageByteCount else { return nil }
    let length = Layout.roundUp(byteCount, to: Layout.pageByteCount)
    let block = UnsafeMutableRawPointer(bitPattern: address).unsafelyUnwrapped
    ace_take(ACE_LOCK_HUGE)
    defer { ace_give(ACE_LOCK_HUGE) }
    let former = table.byteCount(address)
    if former == length { return block }
    guard let moved = ace_remap(block, Int(former), Int(length)) else { return nil }
    // There is room: an entry has just been taken out.
    _ = table.remove(address)
    _ = table.insert(moved.address, byteCount: length)
    mappedByteCount = mappedByteCount &- UInt64(former) &+ UInt64(length)
    return moved
  }
}
