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
    var next: Int? = 1
    while let number = next { next = trim(from: number) }
  }

  /// Gives back what live blocks do not need, class by class from one on, for a few milliseconds; for a heap that is not in use.
  /// Returns the class to go on with, nil when all is done.
  func trim(from first: Int) -> Int? {
    let begin = ace_coarse_milliseconds()
    if first == 1 {
      pointee.outbox.postAll()
      drain()
    }
    var number = first
    while number <= Layout.classCount {
      if number > first, ace_coarse_milliseconds() &- begin > Self.longestTrimMilliseconds { return number }
      let sizeClass = SizeClass(number: number)
      flush(sizeClass)
      giveBackKept(sizeClass)
      trimClass(sizeClass)
      number += 1
    }
    giveBackSpares()
    pointee.mid.flush()
    pointee.mid.releaseSpare()
    if !Gate.isOn { pointee.activity.trimmedPageCount &+= UInt64(pointee.mid.trimPages()) }
    return nil
  }

  // Chosen: others may wait for the heaps' lock meanwhile, which is held for as long; a class more is some tenths of a
  // millisecond for each 10 MiB that are free in it.
  private static var longestTrimMilliseconds: UInt64 { 4 }
}
