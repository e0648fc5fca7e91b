// SPDX-License-Identifier: MIT

import CACE

extension UnsafeMutablePointer<Heap> {
  /// A block of a class whose front is empty; nil when there is no memory.
  ///
  /// What is free already comes before what would have to be touched: blocks that other threads gave back, listed slabs, a
  /// block of a larger class, a page of the slab in hand, one of the open slab, an empty slab. Each but the borrowed block
  /// leaves the front with more than one, as a rule. `mayBorrow` is false where the alignment of the class is asked for.
  func refill(_ sizeClass: SizeClass, mayBorrow: Bool = true) -> BlockPointer? {
    let number = sizeClass.number
    let front = front(sizeClass)
    pointee.counters[unchecked: number].refills &+= 1
    pointee.outbox.postAll()
    if Route.current == .poolOnly { return takeSingly(sizeClass) }
    if ace_load(inbox) != 0 { drain() }
    if front.pointee.head == nil {
      if mayBorrow, Switch.refillOne.isOn, pointee.listed[unchecked: number] == 0, let block = borrow(sizeClass) {
        return block
      }
      let count = fill(sizeClass)
      pointee.counters[unchecked: number].refilledBlocks &+= UInt64(count)
    }
    guard let block = front.pointee.head else { return nil }
    front.pointee.head = block.pointee.next
    return block
  }

  /// A block of one of the next larger classes, up to an eighth larger, whose front has one: that costs a few bytes, and a
  /// page of the class's own would cost 4096. Only so often, because every such malloc takes the slow path.
  private func borrow(_ sizeClass: SizeClass) -> BlockPointer? {
    let number = sizeClass.number
    guard pointee.borrowed[unchecked: number] < Heap.borrowLimit else { return nil }
    let last = min(number &+ number / 8, Layout.classCount)
    var lender = number &+ 1
    while lender <= last {
      let front = front(SizeClass(number: lender))
      if let block = front.pointee.head {
        front.pointee.head = block.pointee.next
        pointee.borrowed[unchecked: number] &+= 1
        pointee.counters[unchecked: lender].borrowedBlocks &+= 1
        return block
      }
      lender &+= 1
    }
    return nil
  }

  /// Puts blocks into an empty front; how many.
  private func fill(_ sizeClass: SizeClass) -> Int {
    let number = sizeClass.number
    let current = currentSlab(sizeClass)
    if pointee.listed[unchecked: number] != 0 {
      let slab = Slab(number: UInt(pointee.listed[unchecked: number] &- 1))
      if let current { retire(current) }
      unlist(slab)
      // One that a trim has left nothing but pages that went back to the system has no block ready.
      let count = makeCurrent(slab, sizeClass)
      return count > 0 ? count : carve(slab, sizeClass)
    }
    if let current {
      let count = carve(current, sizeClass)
      if count > 0 { return count }
      retire(current)
      front(sizeClass).pointee.current = 0
    }
    if pointee.open[unchecked: number] != 0 {
      let slab = Slab(number: UInt(pointee.open[unchecked: number] &- 1))
      pointee.open[unchecked: number] = 0
      let count = makeCurrent(slab, sizeClass)
      return count > 0 ? count : carve(slab, sizeClass)
    }
    guard let slab = takeSlab(sizeClass) else { return 0 }
    _ = makeCurrent(slab, sizeClass)
    return carve(slab, sizeClass)
  }

  /// The slab that a class's front serves from.
  @inline(__always) func currentSlab(_ sizeClass: SizeClass) -> Slab? {
    let current = front(sizeClass).pointee.current
    return current == 0 ? nil : Slab(startingAt: current << Layout.slabShift)
  }

  func carve(_ slab: Slab, _ sizeClass: SizeClass) -> Int {
    let pageCount = UInt(ClassPolicies.table[unchecked: sizeClass.number].carvePages)
    let (first, count) = slab.carve(pageCount: pageCount)
    front(sizeClass).pointee.head = first
    pointee.borrowed[unchecked: sizeClass.number] = 0
    pointee.counters[unchecked: sizeClass.number].carvedBlocks &+= UInt64(count)
    let byteCount = UInt(count) &* sizeClass.blockByteCount
    pointee.counters[unchecked: sizeClass.number].carvedPages &+= UInt32(
      truncatingIfNeeded: Layout.roundUp(byteCount, to: Layout.pageByteCount) / Layout.pageByteCount)
    return count
  }
}
