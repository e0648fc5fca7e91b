// SPDX-License-Identifier: MIT

import CACE

// Which slab a class has where: current, listed, open, full, or given back.

extension UnsafeMutablePointer<Heap> {
  /// Makes a slab without free blocks the class's concern no more, until enough of its blocks have been freed. All of
  /// its blocks are charged: the front was empty.
  func retire(_ slab: Slab) {
    if slab.hasVirginBlocks {
      slab.record.pointee.countdown = slab.record.pointee.carved &- slab.absentBlockCount
      // Slabs with holes can be many; one of them waits as the open slab, the others are listed.
      if pointee.open[unchecked: slab.sizeClass.number] != 0 { return list(slab) }
      slab.record.pointee.state = .open
      pointee.open[unchecked: slab.sizeClass.number] = UInt32(slab.number) &+ 1
    } else {
      slab.awaitFrees()
    }
  }

  /// Makes a slab the one that the class's front serves from, with the blocks it has free; how many these are.
  func makeCurrent(_ slab: Slab, _ sizeClass: SizeClass) -> Int {
    let record = slab.record
    if record.pointee.countdown == 0, record.pointee.carved > 0 { pointee.kept[unchecked: sizeClass.number] &-= 1 }
    let free = record.pointee.carved &- record.pointee.countdown &- slab.absentBlockCount
    record.pointee.state = .current
    front(sizeClass).pointee.head = record.pointee.freeList
    front(sizeClass).pointee.current = slab.start >> Layout.slabShift
    record.pointee.freeList = nil
    return Int(free)
  }

  /// Does what a slab's countdown was counting to.
  func countedDown(_ slab: Slab) {
    let record = slab.record
    pointee.activity.countdownCount &+= 1
    switch record.pointee.state {
    case .full:
      let outstanding = record.pointee.carved &- UInt16(record.pointee.wakeCount)
      if outstanding == 0 { return giveBack(slab) }
      record.pointee.countdown = outstanding
      list(slab)
    case .listed:
      if keeps(slab) { return }
      unlist(slab)
      giveBack(slab)
    case .open:
      if keeps(slab) { return }
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

  /// Whether a slab that has just become empty stays with its class, as the next that it takes blocks from: its blocks are
  /// linked and its pages touched already.
  private func keeps(_ slab: Slab) -> Bool {
    let number = slab.sizeClass.number
    guard Switch.warmPool.isOn,
      pointee.kept[unchecked: number] < ClassPolicies.table[unchecked: number].keptSlabs
    else { return false }
    pointee.kept[unchecked: number] &+= 1
    return true
  }

  /// An empty slab for a class: one of the heap's, or one of the pool's. nil when there is no memory.
  func takeSlab(_ sizeClass: SizeClass) -> Slab? {
    let slab: Slab
    if pointee.spare != 0 {
      slab = Slab(number: UInt(pointee.spare &- 1))
      pointee.spare = slab.record.pointee.next
      pointee.spareCount &-= 1
      pointee.warmHitCount &+= 1
    } else {
      if SuperslabPool.freeSlabCount == 0 { HeapRegistry.reclaimFromDormantHeaps() }
      guard let claimed = SuperslabPool.claim() else { return nil }
      slab = claimed
      pointee.warmMissCount &+= 1
      if Switch.warmPool.isOn { prefill() }
    }
    slab.begin(sizeClass, owner: self)
    pointee.counters[unchecked: sizeClass.number].slabs &+= 1
    pointee.counters[unchecked: sizeClass.number].begunSlabs &+= 1
    return slab
  }

  /// Parts with a slab all of whose blocks are free, and which is in no list.
  func giveBack(_ slab: Slab) {
    pointee.counters[unchecked: slab.sizeClass.number].slabs &-= 1
    pointee.counters[unchecked: slab.sizeClass.number].returnedSlabs &+= 1
    slab.record.pointee.state = .unused
    if Switch.warmPool.isOn, pointee.spareCount < Heap.warmLimit {
      addSpare(slab)
    } else {
      slab.record.pointee.owner = nil
      SuperslabPool.release(slab)
    }
  }

  /// The secondary prefill: a heap that keeps asking the pool takes a few slabs more than it needs, an eighth of what it has
  /// asked for so far, so that the next ones take no lock.
  private func prefill() {
    var count = min(UInt64(Heap.prefillCount), pointee.warmMissCount / 8)
    while count > 0, let slab = SuperslabPool.claimResident() {
      slab.record.pointee.owner = self
      slab.record.pointee.state = .unused
      addSpare(slab)
      count &-= 1
    }
  }

  private func addSpare(_ slab: Slab) {
    slab.record.pointee.next = pointee.spare
    pointee.spare = UInt32(slab.number) &+ 1
    pointee.spareCount &+= 1
  }

  /// Gives the empty slabs that a class keeps to the heap or the pool.
  func giveBackKept(_ sizeClass: SizeClass) {
    let number = sizeClass.number
    if pointee.kept[unchecked: number] == 0 { return }
    if pointee.open[unchecked: number] != 0 {
      let slab = Slab(number: UInt(pointee.open[unchecked: number] &- 1))
      if slab.record.pointee.countdown == 0 {
        pointee.open[unchecked: number] = 0
        giveBack(slab)
      }
    }
    var next = pointee.listed[unchecked: number]
    while next != 0 {
      let slab = Slab(number: UInt(next &- 1))
      next = slab.record.pointee.next
      if slab.record.pointee.countdown == 0 {
        unlist(slab)
        giveBack(slab)
      }
    }
    pointee.kept[unchecked: number] = 0
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

  func list(_ slab: Slab) {
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
