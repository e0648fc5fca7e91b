// SPDX-License-Identifier: MIT

import CACE

// Blocks and the pages that they lie in. Blocks are numbered from the slab's start, 0..<capacity; those from
// capacity - carved on exist.
extension Slab {
  @inline(__always) static var pageCount: UInt { Layout.slabByteCount / Layout.pageByteCount }

  @inline(__always) var firstCarvedBlock: UInt { capacity &- UInt(record.pointee.carved) }

  /// The number of a block, by the address that the program has of it.
  @inline(__always) func blockNumber(_ address: UInt) -> UInt {
    (address &- Layout.blockPrefixByteCount &- start) / sizeClass.blockByteCount
  }

  @inline(__always) func blockAddress(_ number: UInt) -> UInt {
    start &+ number &* sizeClass.blockByteCount &+ Layout.blockPrefixByteCount
  }

  /// The pages that a block lies in.
  @inline(__always) func pages(ofBlock number: UInt) -> (first: UInt, last: UInt) {
    let size = sizeClass.blockByteCount
    return (number &* size / Layout.pageByteCount, ((number &+ 1) &* size &- 1) / Layout.pageByteCount)
  }

  /// The carved blocks that lie in a page, wholly or in part; the range is empty when there is none.
  func carvedBlocks(inPage page: UInt) -> (first: UInt, end: UInt) {
    let size = sizeClass.blockByteCount
    let first = max(page &* Layout.pageByteCount / size, firstCarvedBlock)
    let end = min(((page &+ 1) &* Layout.pageByteCount &- 1) / size &+ 1, capacity)
    return (first, max(first, end))
  }

  /// Whether a block lies in a page that went back to the system.
  @inline(__always) func isInHole(_ number: UInt) -> Bool {
    let (first, last) = pages(ofBlock: number)
    let pages = pagesRecord.pointee
    // A block is no longer than a page.
    return pages.isHole(first) || pages.isHole(last)
  }

  /// Blocks that exist and are in no list because of holes.
  var absentBlockCount: UInt16 {
    if pagesRecord.pointee.holes == 0 { return 0 }
    var count: UInt16 = 0
    var number = firstCarvedBlock
    let end = capacity
    while number < end {
      if isInHole(number) { count &+= 1 }
      number &+= 1
    }
    return count
  }

  /// Takes the lowest hole into use again: its blocks that lie in no other hole, linked in ascending order, and how many. More
  /// holes follow where a block of none would be had.
  func revive() -> (first: BlockPointer?, count: Int) {
    while pagesRecord.pointee.holes != 0 {
      let page = UInt(pagesRecord.pointee.holes.trailingZeroBitCount)
      pagesRecord.pointee.holes &= pagesRecord.pointee.holes &- 1
      changeResidentPages(by: 1)
      let (first, end) = carvedBlocks(inPage: page)
      var head: BlockPointer?
      var count = 0
      var number = end
      while number > first {
        number &-= 1
        if isInHole(number) { continue }
        let block = BlockPointer(at: blockAddress(number))
        prepareHeader(of: block.address)
        block.pointee.next = head
        head = block
        count += 1
      }
      if count > 0 { return (head, count) }
    }
    return (nil, 0)
  }

  /// Takes account of the pages that carving has reached.
  func noteResidentPages() {
    let reached = Self.pageCount &- firstCarvedBlock &* sizeClass.blockByteCount / Layout.pageByteCount
    let resident = pagesRecord.pointee.residentCount
    let present = UInt8(reached) &- UInt8(pagesRecord.pointee.holes.nonzeroBitCount)
    if present > resident { changeResidentPages(by: Int8(bitPattern: present &- resident)) }
  }

  /// Changes the slab's count of pages that may be resident, and that of all slabs.
  func changeResidentPages(by count: Int8) {
    pagesRecord.pointee.residentCount = UInt8(truncatingIfNeeded: Int(pagesRecord.pointee.residentCount) + Int(count))
    ace_add_resident_pages(Int64(count))
  }
}
