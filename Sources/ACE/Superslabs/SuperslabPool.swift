// SPDX-License-Identifier: MIT

import CACE

/// All superslabs of tiny blocks, shared by all heaps: where a heap takes a slab from and gives an empty one back to.
/// Everything here changes under the superslabs' lock; counts are also read without it.
///
/// The lowest superslab with a free slab is used first, so that the highest ones run dry and can be given back.
enum SuperslabPool {
  // Chosen: empty superslabs that stay resident for the next who needs a slab.
  nonisolated(unsafe) static var warmCount: UInt = 2
  /// Milliseconds for which a wholly free superslab beyond these stays resident.
  nonisolated(unsafe) static var purgeDelayMilliseconds: UInt64 = 100
  /// Superslabs of which at most so much is in use drain: they get no new slab while others have room.
  nonisolated(unsafe) static var drainPercent: UInt32 = 25
  /// Superslabs, the first of a process, that never ask for huge pages: a small program would pay for a whole one.
  nonisolated(unsafe) static var smallPageSuperslabCount: UInt = 8

  // Chosen: 1 GiB of each region. Up to there growing is 1.2 times faster with huge pages than without; at 4 GiB the kernel has
  // to compact memory for them, and growing took 1.6 to 3 times as long (random-mixed, 986,000 slots of up to 17 KiB).
  private static let hugePageSuperslabLimit: UInt = 512

  private(set) nonisolated(unsafe) static var count: UInt = 0
  private nonisolated(unsafe) static var available = FirstFreeIndex()
  /// Superslabs that are not mapped at the moment, and count as free.
  private nonisolated(unsafe) static var unmapped = FirstFreeIndex()
  private(set) nonisolated(unsafe) static var freeSlabCount: UInt = 0
  private(set) nonisolated(unsafe) static var residentFreeSuperslabCount: UInt = 0
  private(set) nonisolated(unsafe) static var claimCount: UInt64 = 0
  private(set) nonisolated(unsafe) static var releaseCount: UInt64 = 0
  private(set) nonisolated(unsafe) static var purgedByteCount: UInt64 = 0

  @inline(__always) static func record(_ index: UInt) -> UnsafeMutablePointer<Superslab> {
    UnsafeMutablePointer(bitPattern: Span.superslabTable.start).unsafelyUnwrapped + Int(bitPattern: index)
  }

  static func isAvailable(_ index: UInt) -> Bool { available.contains(index) }
  static func isMapped(_ index: UInt) -> Bool { !unmapped.contains(index) }

  /// A slab that nobody uses; nil when there is no memory. Its contents are undefined.
  static func claim() -> Slab? {
    ace_take(ACE_LOCK_SUPERSLABS)
    defer { ace_give(ACE_LOCK_SUPERSLABS) }
    guard let index = available.first() ?? mend() ?? extend() else { return nil }
    let superslab = record(index)
    if superslab.pointee.isWhollyFree, superslab.pointee.dirty != 0 { residentFreeSuperslabCount &-= 1 }
    // One that is resident costs no fault.
    let candidates = superslab.pointee.dirty != 0 ? superslab.pointee.dirty : superslab.pointee.free
    let bit = UInt32(candidates.trailingZeroBitCount)
    superslab.pointee.free &= ~(1 << bit)
    superslab.pointee.dirty &= ~(1 << bit)
    if superslab.pointee.free == 0 { available.remove(index) }
    freeSlabCount &-= 1
    claimCount &+= 1
    return Slab(number: index &* Layout.slabsPerSuperslab &+ UInt(bit))
  }

  /// Takes back a slab all of whose blocks are free.
  static func release(_ slab: Slab) {
    ace_take(ACE_LOCK_SUPERSLABS)
    defer { ace_give(ACE_LOCK_SUPERSLABS) }
    let index = slab.number / Layout.slabsPerSuperslab
    let bit = UInt32(1) << UInt32(slab.number % Layout.slabsPerSuperslab)
    let superslab = record(index)
    if superslab.pointee.free == 0 { available.insert(index) }
    superslab.pointee.free |= bit
    superslab.pointee.dirty |= bit
    freeSlabCount &+= 1
    releaseCount &+= 1
    if superslab.pointee.isWhollyFree {
      superslab.pointee.freeSince = ace_coarse_milliseconds()
      residentFreeSuperslabCount &+= 1
      if residentFreeSuperslabCount > warmCount { purgeAged(superslab.pointee.freeSince) }
    }
  }

  /// Gives wholly free superslabs back to the system: those that have been so for long enough, beyond the warm ones.
  private static func purgeAged(_ now: UInt64) {
    var index = count
    while index > 0, residentFreeSuperslabCount > warmCount {
      index &-= 1
      let superslab = record(index)
      guard superslab.pointee.isWhollyFree, superslab.pointee.dirty != 0,
        now &- superslab.pointee.freeSince >= purgeDelayMilliseconds
      else { continue }
      purge(index)
    }
  }

  /// Gives every free slab back to the system, now; whether there was one.
  static func trim() -> Bool {
    ace_take(ACE_LOCK_SUPERSLABS)
    defer { ace_give(ACE_LOCK_SUPERSLABS) }
    let before = purgedByteCount
    var index: UInt = 0
    while index < count {
      if record(index).pointee.dirty != 0 { purge(index) }
      index &+= 1
    }
    return purgedByteCount != before
  }

  /// Gives the wholly free superslabs back, addresses and all, because another region has none left; whether there was one.
  static func shrink() -> Bool {
    ace_take(ACE_LOCK_SUPERSLABS)
    defer { ace_give(ACE_LOCK_SUPERSLABS) }
    var hasCut = false
    var index: UInt = 0
    while index < count {
      if record(index).pointee.isWhollyFree, available.contains(index),
        Span.cut(&Span.tiny, index << Layout.superslabShift, Layout.superslabByteCount)
      {
        hasCut = true
        if record(index).pointee.dirty != 0 { residentFreeSuperslabCount &-= 1 }
        record(index).pointee.dirty = 0
        available.remove(index)
        unmapped.insert(index)
        freeSlabCount &-= Layout.slabsPerSuperslab
      }
      index &+= 1
    }
    return hasCut
  }

  /// Maps a superslab again that was given back; its index.
  private static func mend() -> UInt? {
    guard let index = unmapped.first(),
      Span.mend(&Span.tiny, index << Layout.superslabShift, Layout.superslabByteCount)
    else { return nil }
    unmapped.remove(index)
    record(index).initialize(to: Superslab())
    available.insert(index)
    freeSlabCount &+= Layout.slabsPerSuperslab
    return index
  }

  /// Gives the resident free slabs of a superslab back, in as few calls as their neighbourhood allows.
  private static func purge(_ index: UInt) {
    let superslab = record(index)
    if superslab.pointee.isWhollyFree { residentFreeSuperslabCount &-= 1 }
    let start = Span.tiny.start &+ index << Layout.superslabShift
    var rest = superslab.pointee.isWhollyFree ? UInt32.max : superslab.pointee.dirty
    while rest != 0 {
      let first = UInt(rest.trailingZeroBitCount)
      let length = UInt((~(rest >> UInt32(first))).trailingZeroBitCount)
      let run = length >= 32 ? UInt32.max : ((1 << UInt32(length)) &- 1) << UInt32(first)
      let memory = UnsafeMutableRawPointer(bitPattern: start &+ first << Layout.slabShift).unsafelyUnwrapped
      if ace_purge(memory, Int(length << Layout.slabShift)) {
        purgedByteCount &+= UInt64((superslab.pointee.dirty & run).nonzeroBitCount) << UInt64(Layout.slabShift)
      }
      rest &= ~run
    }
    superslab.pointee.dirty = 0
  }

  /// Whether a superslab of either region is among those that may ask for huge pages.
  static func mayHaveHugePages(_ index: UInt) -> Bool {
    index >= smallPageSuperslabCount && index < hugePageSuperslabLimit
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

  private static func extend() -> UInt? {
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
    record(index).initialize(to: Superslab())
    if mayHaveHugePages(index), index > 0, !unmapped.contains(index &- 1), isWellFilled(index &- 1) {
      let memory = UnsafeMutableRawPointer(bitPattern: Span.tiny.start &+ index << Layout.superslabShift)
      ace_advise_huge_pages(memory.unsafelyUnwrapped, Int(Layout.superslabByteCount))
    }
    available.insert(index)
    freeSlabCount &+= Layout.slabsPerSuperslab
    return index
  }
}
