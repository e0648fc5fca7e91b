// SPDX-License-Identifier: MIT

import CACE

// Giving the memory of free slabs back to the system.
extension SuperslabPool {
  /// Gives wholly free superslabs back to the system: those that have been so for long enough, beyond the warm ones. With the
  /// superslabs' lock held.
  static func purgeAged(_ now: UInt64) {
    var index = count
    while index > 0, residentFreeSuperslabCount > warmCount {
      index &-= 1
      let superslab = record(index)
      guard superslab.pointee.isWhollyFree, superslab.pointee.dirty != 0, isAged(superslab, now) else { continue }
      purge(index)
    }
  }

  /// Does what time alone makes due: besides the free ones, the free slabs of superslabs that drain are given back, because
  /// nobody will take them soon.
  static func tick(_ now: UInt64) {
    ace_take(ACE_LOCK_SUPERSLABS)
    defer { ace_give(ACE_LOCK_SUPERSLABS) }
    guard Switch.tiering.isOn else { return }
    if residentFreeSuperslabCount > warmCount { purgeAged(now) }
    var index: UInt = 0
    while index < count {
      let superslab = record(index)
      if superslab.pointee.tier == .draining, superslab.pointee.dirty != 0, isAged(superslab, now) { purge(index) }
      index &+= 1
    }
  }

  private static func isAged(_ superslab: UnsafeMutablePointer<Superslab>, _ now: UInt64) -> Bool {
    // Its time may have begun after the caller looked at the clock.
    now >= superslab.pointee.since &+ purgeDelayMilliseconds
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
      let superslab = record(index)
      if superslab.pointee.isWhollyFree, available.contains(index) {
        forgetPages(index, superslab.pointee.dirty)
        if Span.cut(&Span.tiny, index << Layout.superslabShift, Layout.superslabByteCount) {
          hasCut = true
          if superslab.pointee.dirty != 0 { residentFreeSuperslabCount &-= 1 }
          superslab.pointee.dirty = 0
          tiers.remove(index, superslab)
          available.remove(index)
          unmapped.insert(index)
          freeSlabCount &-= Layout.slabsPerSuperslab
        }
      }
      index &+= 1
    }
    return hasCut
  }

  /// Gives the resident free slabs of a superslab back, in as few calls as their neighbourhood allows.
  static func purge(_ index: UInt) {
    let superslab = record(index)
    if superslab.pointee.isWhollyFree { residentFreeSuperslabCount &-= 1 }
    forgetPages(index, superslab.pointee.dirty)
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

  /// Takes account of free slabs whose pages go.
  private static func forgetPages(_ index: UInt, _ slabs: UInt32) {
    var rest = slabs
    while rest != 0 {
      let slab = Slab(number: index &* Layout.slabsPerSuperslab &+ UInt(rest.trailingZeroBitCount))
      slab.changeResidentPages(by: -Int8(slab.pagesRecord.pointee.residentCount))
      rest &= rest &- 1
    }
  }
}
