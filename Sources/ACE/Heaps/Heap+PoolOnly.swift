// SPDX-License-Identifier: MIT

import CACE

extension UnsafeMutablePointer<Heap> {
  /// A block straight from a slab, with nothing left in a front: the route without fronts. The slab stays listed for as long
  /// as it has blocks, so that frees go to its own list.
  func takeSingly(_ sizeClass: SizeClass) -> BlockPointer? {
    let number = sizeClass.number
    if ace_load(inbox) != 0 { drain() }
    while pointee.listed[unchecked: number] != 0 {
      let slab = Slab(number: UInt(pointee.listed[unchecked: number] &- 1))
      if slab.record.pointee.freeList == nil { fillItself(slab) }
      if let block = slab.record.pointee.freeList { return take(block, from: slab) }
      unlist(slab)
      slab.awaitFrees()
    }
    guard let slab = takeSlab(sizeClass) else { return nil }
    list(slab)
    fillItself(slab)
    return slab.record.pointee.freeList.map { take($0, from: slab) }
  }

  private func fillItself(_ slab: Slab) {
    let isNew = slab.record.pointee.carved == 0
    let (first, count) = slab.carve(pageCount: UInt(ClassPolicies.table[unchecked: slab.sizeClass.number].carvePages))
    slab.record.pointee.freeList = first
    if isNew { pointee.kept[unchecked: slab.sizeClass.number] &+= 1 }
    pointee.counters[unchecked: slab.sizeClass.number].carvedBlocks &+= UInt64(count)
  }

  private func take(_ block: BlockPointer, from slab: Slab) -> BlockPointer {
    let record = slab.record
    let number = slab.sizeClass.number
    if record.pointee.countdown == 0 { pointee.kept[unchecked: number] &-= 1 }
    record.pointee.freeList = block.pointee.next
    record.pointee.countdown &+= 1
    pointee.counters[unchecked: number].refilledBlocks &+= 1
    return block
  }
}
