// SPDX-License-Identifier: MIT

extension Slab {
  /// Free blocks as the countdown tells them; 0 for a current slab, all of which is charged to its front.
  var countedFreeBlockCount: UInt16 {
    switch record.pointee.state {
    case .listed, .open: record.pointee.carved &- record.pointee.countdown
    case .full: UInt16(record.pointee.wakeCount) &- record.pointee.countdown
    case .current, .unused: 0
    }
  }

  /// Free blocks, those of the front among them. Only for the thread that uses the heap.
  func freeBlockCount(in heap: HeapPointer) -> UInt16 {
    guard record.pointee.state == .current else { return countedFreeBlockCount }
    var count: UInt16 = 0
    var next = heap.front(sizeClass).pointee.head
    while let block = next {
      count &+= 1
      next = block.pointee.next
    }
    return count
  }
}
