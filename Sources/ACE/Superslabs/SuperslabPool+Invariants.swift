// SPDX-License-Identifier: MIT

import CACE

extension SuperslabPool {
  static func checkInvariants() {
    ace_take(ACE_LOCK_SUPERSLABS)
    defer { ace_give(ACE_LOCK_SUPERSLABS) }
    var freeSlabs: UInt = 0
    var residentFreeSuperslabs: UInt = 0
    var index: UInt = 0
    while index < count {
      guard isMapped(index) else {
        index &+= 1
        continue
      }
      let superslab = record(index).pointee
      let start = Span.tiny.start &+ index << Layout.superslabShift
      require(superslab.dirty & ~superslab.free == 0, "a slab in use is marked as free and resident", start)
      let isFree = superslab.tier == .free
      require(isFree == superslab.isWhollyFree, "a superslab's tier is not what is in use of it", start)
      let place = superslab.place
      require((place == SuperslabTiers.nowhere) == (superslab.free == 0), "a superslab has the wrong place", start)
      require(isAvailable(index) == (superslab.free != 0), "a superslab with free slabs is not to be found", start)
      freeSlabs &+= UInt(superslab.free.nonzeroBitCount)
      if superslab.isWhollyFree, superslab.dirty != 0 { residentFreeSuperslabs &+= 1 }
      index &+= 1
    }
    require(freeSlabs == freeSlabCount, "the count of free slabs is wrong", freeSlabs)
    require(residentFreeSuperslabs == residentFreeSuperslabCount, "the count of free superslabs is wrong", freeSlabs)
  }
}
