// SPDX-License-Identifier: MIT

import CACE

/// All superslabs of tiny blocks, shared by all heaps: where a heap takes a slab from and gives an empty one back to.
/// Everything here changes under the superslabs' lock; counts are also read without it.
///
/// With the policy `tiering` a slab comes from the fullest superslab, so that those that are nearly empty run dry and can be given
/// back; without, from the lowest that has one.
enum SuperslabPool {
  // Chosen: empty superslabs that stay resident for the next who needs a slab.
  nonisolated(unsafe) static var warmCount: UInt = 2
  /// Milliseconds for which a wholly free superslab beyond these stays resident.
  nonisolated(unsafe) static var purgeDelayMilliseconds: UInt64 = 100
  /// Superslabs of which at most so much is in use drain: they get no new slab while others have room.
  nonisolated(unsafe) static var drainPercent: UInt32 = 25
  /// Superslabs, the first of a process, that never ask for huge pages: a small program would pay for a whole one.
  nonisolated(unsafe) static var smallPageSuperslabCount: UInt = 8

  nonisolated(unsafe) static var count: UInt = 0
  nonisolated(unsafe) static var available = FirstFreeIndex()
  nonisolated(unsafe) static var tiers = SuperslabTiers()
  /// Superslabs that are not mapped at the moment, and count as free.
  nonisolated(unsafe) static var unmapped = FirstFreeIndex()
  nonisolated(unsafe) static var freeSlabCount: UInt = 0
  nonisolated(unsafe) static var residentFreeSuperslabCount: UInt = 0
  private(set) nonisolated(unsafe) static var claimCount: UInt64 = 0
  private(set) nonisolated(unsafe) static var releaseCount: UInt64 = 0
  nonisolated(unsafe) static var purgedByteCount: UInt64 = 0

  @inline(__always) static func record(_ index: UInt) -> UnsafeMutablePointer<Superslab> {
    UnsafeMutablePointer(bitPattern: Span.superslabTable.start).unsafelyUnwrapped + Int(bitPattern: index)
  }

  static func isAvailable(_ index: UInt) -> Bool { available.contains(index) }
  static func isMapped(_ index: UInt) -> Bool { !unmapped.contains(index) }

  /// A slab that nobody uses; nil when there is no memory. Its contents are undefined.
  static func claim() -> Slab? {
    ace_take(ACE_LOCK_SUPERSLABS)
    defer { ace_give(ACE_LOCK_SUPERSLABS) }
    guard let index = best() ?? mend() ?? extend() else { return nil }
    return claim(from: index)
  }

  /// A slab that nobody uses and that may be resident; nil when the superslab that would be next has none.
  static func claimResident() -> Slab? {
    ace_take(ACE_LOCK_SUPERSLABS)
    defer { ace_give(ACE_LOCK_SUPERSLABS) }
    guard let index = best(), record(index).pointee.dirty != 0 else { return nil }
    return claim(from: index)
  }

  private static func best() -> UInt? { Switch.tiering.isOn ? tiers.best() : available.first() }

  private static func claim(from index: UInt) -> Slab {
    let superslab = record(index)
    if superslab.pointee.isWhollyFree, superslab.pointee.dirty != 0 { residentFreeSuperslabCount &-= 1 }
    // One that is resident costs no fault.
    let candidates = superslab.pointee.dirty != 0 ? superslab.pointee.dirty : superslab.pointee.free
    let bit = UInt32(candidates.trailingZeroBitCount)
    superslab.pointee.free &= ~(1 << bit)
    superslab.pointee.dirty &= ~(1 << bit)
    if superslab.pointee.free == 0 { available.remove(index) }
    superslab.pointee.tier = .hot
    tiers.update(index, superslab)
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
      enter(.free, superslab)
      residentFreeSuperslabCount &+= 1
    } else if superslab.pointee.usedCount &* 100 <= drainPercent &* 32, superslab.pointee.tier == .hot {
      enter(.draining, superslab)
    }
    tiers.update(index, superslab)
    if superslab.pointee.isWhollyFree { releaseFree(index, superslab.pointee.since) }
  }

  private static func enter(_ tier: Superslab.Tier, _ superslab: UnsafeMutablePointer<Superslab>) {
    superslab.pointee.tier = tier
    superslab.pointee.since = PolicyClock.now()
  }

  /// What becomes of a superslab that has just become wholly free.
  private static func releaseFree(_ index: UInt, _ now: UInt64) {
    if Switch.eagerFree.isOn {
      purge(index)
    } else if Switch.tiering.isOn, residentFreeSuperslabCount > warmCount {
      purgeAged(now)
    }
  }
}
