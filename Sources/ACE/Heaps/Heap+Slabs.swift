// SPDX-License-Identifier: MIT

import CACE

// Which slab a class has where: current, listed, open, full, or given back.

extension UnsafeMutablePointer<Heap> {
  /// Makes a slab without free blocks the class's concern no more, until enough of its blocks have been freed. All of
  /// its blocks are charged: the front was empty.
  func retire(_ slab: Slab) {
    let carved = slab.record.pointee.carved
    if slab.hasVirginBlocks {
      slab.record.pointee.state = .open
      slab.record.pointee.countdown = carved
      pointee.open[unchecked: slab.sizeClass.number] = UInt32(slab.number) &+ 1
    } else {
      slab.record.pointee.state = .full
      slab.record.pointee.countdown = slab.wakeCount
    }
  }

  /// Makes a slab the one that the class's front serves from, with the blocks it has free; how many these are.
  func makeCurrent(_ slab: Slab, _ sizeClass: SizeClass) -> Int {
    let record = slab.record
    let free = record.pointee.carved &- record.pointee.countdown
    record.pointee.state = .current
    front(sizeClass).pointee.head = record.pointee.freeList
    front(sizeClass).pointee.current = slab.start >> Layout.slabShift
    record.pointee.freeList = nil
    return Int(free)
  }

  /// Does what a slab's countdown was counting to.
  func countedDown(_ slab: Slab) {
    let record = slab.record
    switch record.pointee.state {
    case .full:
      let outstanding = record.pointee.carved &- slab.wakeCount
      if outstanding == 0 { return giveBack(slab) }
      record.pointee.countdown = outstanding
      list(slab)
    case .listed:
      unlist(slab)
      giveBack(slab)
    case .open:
      pointee.open[unchecked: slab.sizeClass.number] = 0
      giveBack(slab)
    case .current, .unused:
      fatal("a slab that is in use counted down", slab.start)
    }
  }

  /// Takes account of `count` blocks that came back at once and are in the slab's free list already.
  func countDown(_ slab: Slab, by count: UInt16) {
    let record = slab.record
    guard count >= record.pointee.countdown else { return record.pointee.countdown &-= count }
    let rest = count &- record.pointee.countdown
    record.pointee.countdown = 0
    countedDown(slab)
    if rest > 0, record.pointee.state == .listed { countDown(slab, by: rest) }
  }

  /// An empty slab for a class: one of the heap's, or one of the pool's. nil when there is no memory.
  func takeSlab(_ sizeClass: SizeClass) -> Slab? {
    let slab: Slab
    if pointee.spare != 0 {
      slab = Slab(number: UInt(pointee.spare &- 1))
      pointee.spare = slab.record.pointee.next
      pointee.spareCount &-= 1
    } else {
      if SuperslabPool.freeSlabCount == 0 { HeapRegistry.reclaimFromDormantHeaps() }
      guard let claimed = SuperslabPool.claim() else { return nil }
      slab = claimed
    }
    slab.begin(sizeClass, owner: self)
    pointee.counters[unchecked: sizeClass.number].slabs &+= 1
    return slab
  }

  /// Parts with a slab all of whose blocks are free, and which is in no list.
  func giveBack(_ slab: Slab) {
    pointee.counters[unchecked: slab.sizeClass.number].slabs &-= 1
    slab.record.pointee.state = .unused
    if pointee.spareCount < Heap.warmLimit {
      slab.record.pointee.next = pointee.spare
      pointee.spare = UInt32(slab.number) &+ 1
      pointee.spareCount &+= 1
    } else {
      slab.record.pointee.owner = nil
      SuperslabPool.release(slab)
    }
  }

  /// Gives the spare slabs to the pool.
  func giveBackSpares() {
    while pointee.spare != 0 {
      let slab = Slab(number: UInt(pointee.spare &- 1))
      pointee.spare = slab.record.pointee.next
      slab.record.pointee.owner = nil
      SuperslabPool.release(slab)
    }
    pointee.spareCount = 0
  }

  private func list(_ slab: Slab) {
    let number = slab.sizeClass.number
    let next = pointee.listed[unchecked: number]
    slab.record.pointee.state = .listed
    slab.record.pointee.next = next
    slab.record.pointee.previous = 0
    if next != 0 { Slab(number: UInt(next &- 1)).record.pointee.previous = UInt32(slab.number) &+ 1 }
    pointee.listed[unchecked: number] = UInt32(slab.number) &+ 1
  }

  func unlist(_ slab: Slab) {
    let (next, previous) = (slab.record.pointee.next, slab.record.pointee.previous)
    if next != 0 { Slab(number: UInt(next &- 1)).record.pointee.previous = previous }
    if previous != 0 {
      Slab(number: UInt(previous &- 1)).record.pointee.next = next
    } else {
      pointee.listed[unchecked: slab.sizeClass.number] = next
    }
  }
}
