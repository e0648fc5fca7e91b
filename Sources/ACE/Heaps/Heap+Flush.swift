// SPDX-License-Identifier: MIT

import CACE

extension UnsafeMutablePointer<Heap> {
  /// Gives the lists of all fronts back to their slabs, and what is empty to the pools: the heap holds no more than what
  /// its live blocks need. Costs a step for each free block in a front.
  func flush() {
    pointee.outbox.postAll()
    drain()
    var number = 1
    while number <= Layout.classCount {
      flush(SizeClass(number: number))
      giveBackKept(SizeClass(number: number))
      number += 1
    }
    giveBackSpares()
    pointee.mid.flush()
    pointee.mid.releaseSpare()
  }

  /// Gives the list of a front back to its slab.
  func flush(_ sizeClass: SizeClass) {
    guard let slab = currentSlab(sizeClass) else { return }
    let front = front(sizeClass)
    var count: UInt16 = 0
    var next = front.pointee.head
    while let block = next {
      count &+= 1
      next = block.pointee.next
    }
    let record = slab.record
    record.pointee.freeList = front.pointee.head
    front.pointee.head = nil
    front.pointee.current = 0
    retire(slab)
    if count > 0 { countDown(slab, by: count) }
  }
}
