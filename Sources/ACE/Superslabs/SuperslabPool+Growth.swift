// SPDX-License-Identifier: MIT

import CACE

// Taking addresses from the span. With the superslabs' lock held.
extension SuperslabPool {
  // Chosen: 1 GiB of each region. Up to there growing is 1.2 times faster with huge pages than without; at 4 GiB the kernel has
  // to compact memory for them, and growing took 1.6 to 3 times as long (random-mixed, 986,000 slots of up to 17 KiB).
  private static var hugePageSuperslabLimit: UInt { 512 }

  /// Makes one more superslab; its index.
  static func extend() -> UInt? {
    let index = count
    let tableByteCount = (index &+ 1) &* UInt(MemoryLayout<Superslab>.stride)
    // None in builds that keep records in the slabs.
    let recordsByteCount = (index &+ 1) &* Layout.slabsPerSuperslab &* Slab.recordStride
    guard
      Span.commit(&Span.superslabTable, tableByteCount, step: Layout.pageByteCount),
      Span.commit(&Span.slabTable, recordsByteCount, step: Layout.pageByteCount),
      Span.commit(&Span.tiny, (index &+ 1) << Layout.superslabShift, step: Layout.superslabByteCount)
    else { return nil }
    count &+= 1
    LargeHeap.makeRoom(Layout.superslabByteCount)
    if mayHaveHugePages(index), index > 0, !unmapped.contains(index &- 1), isWellFilled(index &- 1) {
      let memory = UnsafeMutableRawPointer(bitPattern: Span.tiny.start &+ index << Layout.superslabShift)
      ace_advise_huge_pages(memory.unsafelyUnwrapped, Int(Layout.superslabByteCount))
    }
    add(index)
    return index
  }

  /// Maps a superslab again that was given back; its index.
  static func mend() -> UInt? {
    guard let index = unmapped.first(),
      Span.mend(&Span.tiny, index << Layout.superslabShift, Layout.superslabByteCount)
    else { return nil }
    unmapped.remove(index)
    add(index)
    return index
  }

  private static func add(_ index: UInt) {
    record(index).initialize(to: Superslab())
    available.insert(index)
    tiers.update(index, record(index))
    freeSlabCount &+= Layout.slabsPerSuperslab
  }

  /// Whether a superslab of either region is among those that may ask for huge pages.
  static func mayHaveHugePages(_ index: UInt) -> Bool {
    Switch.hugePages.isOn && index >= smallPageSuperslabCount && index < hugePageSuperslabLimit
  }

  /// Whether most of a superslab's pages are carved. A program with many threads or classes takes many slabs of which it fills
  /// a page or two: huge pages would make it pay for all the others.
  private static func isWellFilled(_ index: UInt) -> Bool {
    var carvedByteCount: UInt = 0
    var number = index &* Layout.slabsPerSuperslab
    let end = number &+ Layout.slabsPerSuperslab
    while number < end {
      let slab = Slab(number: number)
      carvedByteCount &+= UInt(slab.record.pointee.carved) &* slab.sizeClass.blockByteCount
      number &+= 1
    }
    // Chosen: three quarters.
    return carvedByteCount > Layout.superslabByteCount / 4 * 3
  }
}
