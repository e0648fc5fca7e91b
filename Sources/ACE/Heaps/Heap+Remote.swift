// SPDX-License-Identifier: MIT

import CACE

extension UnsafeMutablePointer<Heap> {
  /// Takes back what other threads have freed.
  @inline(never) func drain() {
    var next = ace_exchange(inbox, 0)
    while let queue = RemoteQueuePointer(bitPattern: UInt(next)) {
      // Once its chain is empty the queue may enter the inbox again.
      next = queue.pointee.next
      let (first, count) = queue.takeAll()
      guard let first else { continue }
      if Span.tiny.contains(first.address) {
        takeBack(first, count: count)
      } else {
        pointee.mid.takeBack(first)
      }
    }
  }

  /// Takes back `count` linked blocks of one slab.
  private func takeBack(_ first: BlockPointer, count: UInt32) {
    let slab = Slab(containing: first.address)
    let record = slab.record
    let number = slab.sizeClass.number
    pointee.counters[unchecked: number].remoteFrees &+= UInt64(count)
    let front = front(slab.sizeClass)
    let isCurrent = record.pointee.state == .current
    if let rest = isCurrent ? front.pointee.head : record.pointee.freeList {
      var last = first
      while let next = last.pointee.next { last = next }
      last.pointee.next = rest
    }
    if isCurrent {
      front.pointee.head = first
    } else {
      record.pointee.freeList = first
      countDown(slab, by: UInt16(truncatingIfNeeded: count))
    }
  }
}
