// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Tiers of superslabs") struct TieringTests {
    private let delay: UInt64 = 50

    private func run(tiering: Bool, eagerFree: Bool = false, _ body: @escaping () throws -> Void) throws {
      try SavedSettings.runWithHeap { _ in
        Switch.tiering.isOn = tiering
        Switch.eagerFree.isOn = eagerFree
        Knob.purgeDelay.value = self.delay
        Knob.warmSuperslabs.value = 0
        Knob.drainPercent.value = 25
        _ = SuperslabPool.trim()
        try body()
        SuperslabPool.checkInvariants()
      }
    }

    private func claim() throws -> Slab {
      guard let slab = SuperslabPool.claim() else { throw Finding(description: "no slab") }
      // What the pool finds there afterwards is nobody's.
      slab.record.pointee.state = .unused
      slab.record.pointee.owner = nil
      memset(BlockPointer(at: slab.start).raw, 0xee, Int(Layout.pageByteCount))
      return slab
    }

    private func superslab(_ slab: Slab) -> UInt { slab.number / Layout.slabsPerSuperslab }
    private func record(_ index: UInt) -> Superslab { SuperslabPool.record(index).pointee }

    private func isResident(_ slab: Slab) throws -> Bool {
      try PageView.resident(from: slab.start, byteCount: Layout.pageByteCount) == [true]
    }

    /// Slabs by superslab: every one that is free now, and those of `count` superslabs more. Those of superslabs that others use
    /// too are apart.
    private func claimAll(superslabs count: Int) throws -> (whole: [[Slab]], others: [Slab]) {
      var slabs: [UInt: [Slab]] = [:]
      while slabs.values.count(where: { $0.count == 32 }) < count || SuperslabPool.freeSlabCount > 0 {
        let slab = try claim()
        slabs[superslab(slab), default: []].append(slab)
      }
      let whole = slabs.values.filter { $0.count == 32 }.sorted { $0[0].number < $1[0].number }
      return (whole, slabs.values.filter { $0.count < 32 }.flatMap { $0 })
    }

    private func release(_ slabs: some Sequence<Slab>) { for slab in slabs { SuperslabPool.release(slab) } }

    /// The fullest first; one that drains only when no other has room, and a free one last of all.
    @Test func theFullestHotSuperslabComesFirst() throws {
      try run(tiering: true) {
        let (whole, others) = try self.claimAll(superslabs: 4)
        // Used: 20, 28, 8 of 32, which is a quarter and drains, and none.
        self.release(whole[0].suffix(12))
        self.release(whole[1].suffix(4))
        self.release(whole[2].suffix(24))
        self.release(whole[3])
        let indices = whole.prefix(4).map { self.superslab($0[0]) }
        try demand(indices.map { self.record($0).tier } == [.hot, .hot, .draining, .free], "the tiers are others")
        var order: [UInt] = []
        var taken: [Slab] = []
        for _ in 0..<12 + 4 + 24 + 32 {
          let slab = try self.claim()
          taken.append(slab)
          order.append(self.superslab(slab))
        }
        let expected = [
          [UInt](repeating: indices[1], count: 4), [UInt](repeating: indices[0], count: 12),
          [UInt](repeating: indices[2], count: 24), [UInt](repeating: indices[3], count: 32),
        ]
        try demand(order == expected.flatMap { $0 }, "slabs came in another order: \(order)")
        self.release(whole[0].prefix(20) + whole[1].prefix(28) + whole[2].prefix(8) + taken + others)
        self.release(whole.dropFirst(4).flatMap { $0 })
      }
    }

    /// Without tiers slabs come from the lowest superslab that has one, and nothing is ever released.
    @Test func offTheLowestComesFirstAndNothingIsReleased() throws {
      try run(tiering: false) {
        let (whole, others) = try self.claimAll(superslabs: 3)
        self.release(whole[0].suffix(30))
        self.release(whole[1].suffix(4))
        self.release(whole[2])
        let purged = SuperslabPool.purgedByteCount
        let slab = try self.claim()
        try demand(self.superslab(slab) == self.superslab(whole[0][0]), "not the lowest superslab")
        PolicyClock.advance(by: 100 * self.delay)
        SuperslabPool.tick(PolicyClock.now())
        self.release([slab])
        SuperslabPool.tick(PolicyClock.now())
        try demand(SuperslabPool.purgedByteCount == purged, "free memory was given back")
        try demand(try self.isResident(whole[2][0]), "a free superslab is not resident")
        self.release(whole[0].prefix(2) + whole[1].prefix(28) + others + whole.dropFirst(3).flatMap { $0 })
      }
    }

    /// A free superslab goes when its delay has passed, and not before: with the next that becomes free, or with a tick.
    @Test(arguments: [true, false])
    func aFreeSuperslabIsReleasedAfterItsDelay(byTick: Bool) throws {
      try run(tiering: true) {
        let (whole, others) = try self.claimAll(superslabs: 2)
        let index = self.superslab(whole[0][0])
        self.release(whole[0])
        try demand(self.record(index).tier == .free, "a superslab without a slab in use is not free")
        PolicyClock.advance(by: self.delay - 1)
        SuperslabPool.tick(PolicyClock.now())
        try demand(self.record(index).dirty == .max, "it was released before its time")
        try demand(try whole[0].allSatisfy(self.isResident), "its pages went before their time")
        PolicyClock.advance(by: 1)
        let purged = SuperslabPool.purgedByteCount
        if byTick { SuperslabPool.tick(PolicyClock.now()) } else { self.release(whole[1]) }
        try demand(self.record(index).dirty == 0, "it was not released")
        try demand(SuperslabPool.purgedByteCount == purged + UInt64(Layout.superslabByteCount), "it is not counted")
        for slab in whole[0] {
          try demand(try !self.isResident(slab), "its pages are still resident")
          try demand(PageView.isZero(from: slab.start, byteCount: Layout.pageByteCount), "its pages are not zero")
        }
        // The other's time has only begun.
        let other = self.superslab(whole[1][0])
        if !byTick { try demand(self.record(other).dirty == .max, "the other was released at once") }
        if byTick { self.release(whole[1]) }
        self.release(others + whole.dropFirst(2).flatMap { $0 })
      }
    }

    /// One that is taken into use again meanwhile begins anew.
    @Test func aFreeSuperslabThatIsUsedAgainIsNotReleased() throws {
      try run(tiering: true) {
        let (whole, others) = try self.claimAll(superslabs: 1)
        let index = self.superslab(whole[0][0])
        self.release(whole[0])
        PolicyClock.advance(by: self.delay - 1)
        let slab = try self.claim()
        try demand(self.superslab(slab) == index, "another superslab was taken")
        try demand(self.record(index).tier == .hot, "a superslab in use is not hot")
        PolicyClock.advance(by: 1)
        SuperslabPool.tick(PolicyClock.now())
        try demand(self.record(index).dirty.nonzeroBitCount == 31, "a hot superslab's free slabs were given back")
        SuperslabPool.release(slab)
        PolicyClock.advance(by: self.delay - 1)
        SuperslabPool.tick(PolicyClock.now())
        try demand(self.record(index).dirty == .max, "it was released before its time")
        self.release(others + whole.dropFirst(1).flatMap { $0 })
      }
    }

    /// The warm ones stay, however long they are free.
    @Test func warmSuperslabsStay() throws {
      try run(tiering: true) {
        Knob.warmSuperslabs.value = 2
        let (whole, others) = try self.claimAll(superslabs: 3)
        for slabs in whole { self.release(slabs) }
        self.release(others)
        PolicyClock.advance(by: 10 * self.delay)
        SuperslabPool.tick(PolicyClock.now())
        try demand(SuperslabPool.residentFreeSuperslabCount == 2, "\(SuperslabPool.residentFreeSuperslabCount) stay")
      }
    }

    /// The free slabs of a superslab that drains go after the delay by the tick; those in use stay as they are.
    @Test func freeSlabsOfDrainingSuperslabsGo() throws {
      try run(tiering: true) {
        let (whole, others) = try self.claimAll(superslabs: 1)
        let index = self.superslab(whole[0][0])
        let live = whole[0].enumerated().filter { $0.offset % 5 == 0 }.map(\.element)
        let free = whole[0].enumerated().filter { $0.offset % 5 != 0 }.map(\.element)
        try demand(live.count == 7, "seven of 32 are no quarter")
        self.release(free)
        try demand(self.record(index).tier == .draining, "a superslab of which a quarter is used does not drain")
        PolicyClock.advance(by: self.delay - 1)
        SuperslabPool.tick(PolicyClock.now())
        try demand(try free.allSatisfy(self.isResident), "free slabs went before their time")
        PolicyClock.advance(by: 1)
        SuperslabPool.tick(PolicyClock.now())
        for slab in free { try demand(try !self.isResident(slab), "a free slab of it is still resident") }
        for slab in live {
          try demand(BlockPointer(at: slab.start).raw.load(as: UInt8.self) == 0xee, "a slab in use was given back")
        }
        self.release(live + others + whole.dropFirst(1).flatMap { $0 })
      }
    }

    @Test(arguments: [true, false], [true, false])
    func eagerFreeReleasesAtOnce(isEager: Bool, hasTiers: Bool) throws {
      try run(tiering: hasTiers, eagerFree: isEager) {
        Knob.purgeDelay.value = Knob.purgeDelay.facts.greatest
        Knob.warmSuperslabs.value = 100
        let (whole, others) = try self.claimAll(superslabs: 2)
        let purged = SuperslabPool.purgedByteCount
        self.release(whole[0].dropLast())
        try demand(SuperslabPool.purgedByteCount == purged, "a superslab in use was released")
        self.release(whole[0].suffix(1))
        let released = SuperslabPool.purgedByteCount - purged
        try demand(released == (isEager ? UInt64(Layout.superslabByteCount) : 0), "\(released) bytes were released")
        for slab in whole[0] { try demand(try self.isResident(slab) == !isEager, "its pages are in the wrong place") }
        self.release(whole[1] + others + whole.dropFirst(2).flatMap { $0 })
      }
    }
  }
}
