// SPDX-License-Identifier: MIT

import CACE

/// What memory is used for at a moment. While other threads run, blocks in their fronts count as live.
struct MemoryUse {
  /// Slabs in use, in bytes of address space.
  var tinyByteCount: UInt64 = 0
  var midByteCount: UInt64 = 0
  var largeByteCount: UInt64 = 0
  var hugeByteCount: UInt64 = 0
  var hugeBlockCount: UInt64 = 0
  var freeSlabByteCount: UInt64 = 0
  var freeBlockCount: UInt64 = 0
  var liveByteCount: UInt64 = 0

  /// What is not huge.
  var heapByteCount: UInt64 { tinyByteCount &+ midByteCount &+ largeByteCount }

  static func now() -> MemoryUse {
    var use = MemoryUse()
    use.addTiny()
    use.addOthers()
    return use
  }

  /// What ACE keeps resident, as its own books have it: carved pages and those of free slabs, the most that was live of mid
  /// blocks since they were last trimmed, live and cached large blocks, huge ones.
  static func residentByteCount() -> UInt64 {
    var units: UInt64 = 0
    HeapRegistry.forEach { units &+= $0.pointee.mid.residentUnitCount }
    let pages = ace_resident_page_count() &+ LargeHeap.liveUnitCount &+ LargeHeap.cachedUnitCount
    return pages &* UInt64(Layout.pageByteCount) &+ units << UInt64(Layout.midUnitShift) &+ HugeHeap.mappedByteCount
  }

  /// Live bytes that are counted without looking at slabs: those of mid, large and huge blocks.
  static func knownLiveByteCount() -> UInt64 {
    var units: UInt64 = 0
    HeapRegistry.forEach { units &+= $0.pointee.mid.liveUnitCount }
    let large = LargeHeap.liveUnitCount << UInt64(Layout.largeUnitShift)
    return units << UInt64(Layout.midUnitShift) &+ large &+ HugeHeap.mappedByteCount
  }

  /// Pages given back to the system, summed over time.
  static func purgedPageCount() -> UInt64 {
    var pages: UInt64 = 0
    HeapRegistry.forEach { pages &+= $0.pointee.activity.trimmedPageCount }
    let bytes = SuperslabPool.purgedByteCount &+ MidPool.purgedByteCount &+ LargeHeap.purgedByteCount
    return pages &+ bytes / UInt64(Layout.pageByteCount)
  }

  private mutating func addTiny() {
    let own = HeapPointer.ofThread
    ace_take(ACE_LOCK_SUPERSLABS)
    defer { ace_give(ACE_LOCK_SUPERSLABS) }
    var number: UInt = 0
    while number < SuperslabPool.count &* Layout.slabsPerSuperslab {
      let superslab = SuperslabPool.record(number / Layout.slabsPerSuperslab)
      let isFree = superslab.pointee.free & (1 << UInt32(number % Layout.slabsPerSuperslab)) != 0
      if !isFree {
        add(Slab(number: number), own)
      } else if SuperslabPool.isMapped(number / Layout.slabsPerSuperslab) {
        freeSlabByteCount &+= UInt64(Layout.slabByteCount)
      }
      number &+= 1
    }
  }

  private mutating func add(_ slab: Slab, _ own: HeapPointer) {
    tinyByteCount &+= UInt64(Layout.slabByteCount)
    guard slab.record.pointee.state != .unused else { return }
    let isOwn = slab.record.pointee.owner == own
    let carved = UInt64(slab.record.pointee.carved)
    // Its thread may be changing a slab of another heap: what does not fit together must not go below zero.
    let free = min(UInt64(isOwn ? slab.freeBlockCount(in: own) : slab.countedFreeBlockCount), carved)
    freeBlockCount &+= free
    liveByteCount &+= (carved &- free) &* UInt64(slab.sizeClass.blockByteCount)
  }

  private mutating func addOthers() {
    HeapRegistry.forEach { midByteCount &+= $0.pointee.mid.liveUnitCount << UInt64(Layout.midUnitShift) }
    largeByteCount = LargeHeap.liveUnitCount << UInt64(Layout.largeUnitShift)
    hugeByteCount = HugeHeap.mappedByteCount
    hugeBlockCount = HugeHeap.blockCount
    liveByteCount &+= midByteCount &+ largeByteCount &+ hugeByteCount
  }
}
