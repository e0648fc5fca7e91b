// SPDX-License-Identifier: MIT

import CACE

extension UnsafeMutablePointer<Heap> {
  /// Only for the thread that uses the heap.
  func checkInvariants() {
    var number = 1
    while number <= Layout.classCount {
      check(SizeClass(number: number))
      number += 1
    }
    pointee.mid.checkInvariants()
  }

  private func check(_ sizeClass: SizeClass) {
    if let slab = currentSlab(sizeClass) {
      check(slab, sizeClass, .current)
      var next = front(sizeClass).pointee.head
      while let block = next {
        let isOfSlab = block.address >> Layout.slabShift == slab.start >> Layout.slabShift
        require(isOfSlab, "a front has another slab's block", block.address)
        next = block.pointee.next
      }
    } else {
      require(front(sizeClass).pointee.head == nil, "a front has blocks of no slab", UInt(sizeClass.number))
    }
    var next = pointee.listed[unchecked: sizeClass.number]
    var previous: UInt32 = 0
    var keptCount: UInt8 = 0
    while next != 0 {
      let slab = Slab(number: UInt(next &- 1))
      check(slab, sizeClass, .listed)
      if slab.record.pointee.countdown == 0 { keptCount &+= 1 }
      require(slab.record.pointee.previous == previous, "a list of slabs is not linked both ways", slab.start)
      previous = next
      next = slab.record.pointee.next
    }
    let open = pointee.open[unchecked: sizeClass.number]
    if open != 0 {
      let slab = Slab(number: UInt(open &- 1))
      check(slab, sizeClass, .open)
      if slab.record.pointee.countdown == 0 { keptCount &+= 1 }
    }
    let kept = pointee.kept[unchecked: sizeClass.number]
    require(keptCount == kept, "the count of kept slabs is wrong", UInt(sizeClass.number))
  }

  private func check(_ slab: Slab, _ sizeClass: SizeClass, _ state: SlabRecord.State) {
    let record = slab.record.pointee
    require(record.owner == self, "a slab in a heap's list belongs to another", slab.start)
    require(record.state == state, "a slab's state is not that of the list it is in", slab.start)
    require(slab.sizeClass.number == sizeClass.number, "a slab is in the list of another class", slab.start)
    require(UInt(record.carved) <= slab.capacity, "a slab has more blocks than room", slab.start)
    require(state != .open || slab.hasVirginBlocks, "an open slab has no virgin page", slab.start)
    var count: UInt16 = 0
    var next = record.freeList
    while let block = next {
      require(Slab(containing: block.address) == slab, "a slab's list has another's block", block.address)
      let offset = block.address &- slab.start &- Layout.blockPrefixByteCount
      require(offset % sizeClass.blockByteCount == 0, "a free block is not on a block's boundary", block.address)
      count &+= 1
      next = block.pointee.next
    }
    if state == .listed || state == .open {
      // live + free == carved
      let present = count &+ slab.absentBlockCount
      require(record.countdown &+ present == record.carved, "live and free blocks are not all blocks", slab.start)
    } else {
      require(count == 0, "a current slab has a list beside the front's", slab.start)
    }
  }
}
