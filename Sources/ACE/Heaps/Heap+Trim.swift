// SPDX-License-Identifier: MIT

import CACE

// Giving back pages inside slabs that are partly live. For the thread that may use the heap.
extension UnsafeMutablePointer<Heap> {
  /// Gives a class's empty slabs to the pool, and the empty pages of its others to the system.
  func trimClass(_ sizeClass: SizeClass) {
    // With the gate on, what is in free memory are its marks.
    if Gate.isOn { return }
    let number = sizeClass.number
    giveBackKept(sizeClass)
    var pageCount: UInt = 0
    if pointee.open[unchecked: number] != 0 {
      pageCount &+= Slab(number: UInt(pointee.open[unchecked: number] &- 1)).trimPages()
    }
    var next = pointee.listed[unchecked: number]
    while next != 0 {
      let slab = Slab(number: UInt(next &- 1))
      next = slab.record.pointee.next
      pageCount &+= slab.trimPages()
    }
    pointee.activity.trimmedPageCount &+= UInt64(pageCount)
  }

  /// Gives back all that live blocks do not need; for a heap that is not in use.
  func trim() {
    flush()
    if Gate.isOn { return }
    var number = 1
    while number <= Layout.classCount {
      trimClass(SizeClass(number: number))
      number += 1
    }
    pointee.activity.trimmedPageCount &+= UInt64(pointee.mid.trimPages())
  }
}
