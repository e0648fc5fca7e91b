// SPDX-License-Identifier: MIT

import CACE

// Giving back the pages of a partly live slab in which no block is live.
extension Slab {
  /// Gives back pages all of whose blocks are in the slab's list, and takes these blocks out of it; how many pages. For a slab
  /// that is listed or open, by the thread that may change it. Costs a step for each free block.
  func trimPages() -> UInt {
    let holes = emptyPages() & ~pagesRecord.pointee.holes
    if holes == 0 { return 0 }
    pagesRecord.pointee.holes |= holes
    withdrawAbsentBlocks()
    // What counts as resident again when a hole is taken into use counts as gone now. Locked memory stays where it is all the same:
    // its pages are as they were, and their blocks come back as those of holes do.
    changeResidentPages(by: -Int8(holes.nonzeroBitCount))
    return purge(holes)
  }

  /// A bit for each page in which blocks exist and all are free.
  private func emptyPages() -> UInt16 {
    var freeCounts = InlineArray<16, UInt16>(repeating: 0)
    var next = record.pointee.freeList
    while let block = next {
      let (first, last) = pages(ofBlock: blockNumber(block.address))
      freeCounts[unchecked: Int(first)] &+= 1
      if last != first { freeCounts[unchecked: Int(last)] &+= 1 }
      next = block.pointee.next
    }
    var empty: UInt16 = 0
    var page: UInt = 0
    while page < Self.trimmablePageCount {
      let (first, end) = carvedBlocks(inPage: page)
      var freeCount = UInt(freeCounts[unchecked: Int(page)])
      // What reaches over from a neighbouring hole is free too, and in no list.
      if first < end, isInHole(first) { freeCount &+= 1 }
      if end &- first > 1, isInHole(end &- 1) { freeCount &+= 1 }
      if first < end, freeCount == end &- first { empty |= 1 << UInt16(page) }
      page &+= 1
    }
    return empty
  }

  private func withdrawAbsentBlocks() {
    var kept: BlockPointer?
    var next = record.pointee.freeList
    while let block = next {
      next = block.pointee.next
      if isInHole(blockNumber(block.address)) { continue }
      block.pointee.next = kept
      kept = block
    }
    record.pointee.freeList = kept
  }

  /// Gives pages back, in as few calls as their neighbourhood allows; how many.
  private func purge(_ pages: UInt16) -> UInt {
    var rest = pages
    var count: UInt = 0
    while rest != 0 {
      let first = UInt(rest.trailingZeroBitCount)
      let length = UInt((~(rest >> UInt16(first))).trailingZeroBitCount)
      let memory = UnsafeMutableRawPointer(bitPattern: start &+ first &* Layout.pageByteCount).unsafelyUnwrapped
      if ace_purge(memory, Int(length &* Layout.pageByteCount)) { count &+= length }
      let run = length >= 16 ? UInt16.max : ((1 << UInt16(length)) &- 1) << UInt16(first)
      rest &= ~run
    }
    return count
  }
}
