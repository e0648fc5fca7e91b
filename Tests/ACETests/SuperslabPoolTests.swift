// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Superslabs") struct SuperslabPoolTests {
    private func claim() throws -> Slab {
      guard let slab = SuperslabPool.claim() else { throw Finding(description: "no slab") }
      // What the pool finds there afterwards is nobody's.
      slab.record.pointee.state = .unused
      slab.record.pointee.owner = nil
      return slab
    }

    /// How much a superslab is wanted for the next slab: hot ones by slabs in use in fours, then those that drain, then free ones.
    private func rank(_ index: UInt) -> Int {
      let superslab = SuperslabPool.record(index).pointee
      if superslab.free == 0 { return -1 }
      switch superslab.tier {
      case .hot: return 10 + Int(superslab.usedCount / 4)
      case .draining: return 2
      case .free: return 1
      }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>, [false, true])
    func randomOperations(seed: UInt64, hasTiers: Bool) throws {
      try TestThread.runWithHeap { _ in
        let hadTiers = Switch.tiering.isOn
        defer { Switch.tiering.isOn = hadTiers }
        Switch.tiering.isOn = hasTiers
        var randomness = Randomness(seed: seed)
        var claimed: [Slab] = []
        var numbers = Set<UInt>()
        for step in 0..<3_000 {
          let free = SuperslabPool.freeSlabCount
          let superslabs = SuperslabPool.count
          if claimed.isEmpty || randomness.below(8) < [6, 2][step / 300 % 2] {
            let available = (0..<superslabs).filter { SuperslabPool.record($0).pointee.free != 0 }
            let best = available.map(self.rank).max()
            let lowest = available.first { !hasTiers || self.rank($0) == best }
            let slab = try self.claim()
            try demand(numbers.insert(slab.number).inserted, "slab \(slab.number) was claimed twice")
            try demand(slab.number / 32 == lowest ?? superslabs, "not of the superslab that is next")
            try demand(
              SuperslabPool.freeSlabCount == free + (SuperslabPool.count - superslabs) * 32 - 1, "a wrong count")
            try demand(SuperslabPool.count == superslabs + (free == 0 ? 1 : 0), "a superslab was made without need")
            claimed.append(slab)
          } else {
            let slab = randomness.remove(from: &claimed)
            numbers.remove(slab.number)
            SuperslabPool.release(slab)
            try demand(SuperslabPool.freeSlabCount == free + 1, "a wrong count")
          }
          if randomness.below(500) == 0 { _ = SuperslabPool.trim() }
          if step % 16 == 0 { SuperslabPool.checkInvariants() }
        }
        for slab in claimed { SuperslabPool.release(slab) }
        SuperslabPool.checkInvariants()
      }
    }

    @Test func trimmingGivesFreeSlabsBackAndNoOthers() throws {
      try TestThread.runWithHeap { _ in
        let slabs = try (0..<40).map { _ in try self.claim() }
        for slab in slabs { memset(BlockPointer(at: slab.start).raw, 0xee, 4096) }
        for (place, slab) in slabs.enumerated() where place % 3 != 0 { SuperslabPool.release(slab) }
        let purged = SuperslabPool.purgedByteCount
        try demand(SuperslabPool.trim(), "there was something to give back")
        try demand(!SuperslabPool.trim(), "there was nothing left to give back")
        try demand(
          SuperslabPool.purgedByteCount >= purged + 26 * UInt64(Layout.slabByteCount), "less was purged than was freed")
        for (place, slab) in slabs.enumerated() {
          let byte = BlockPointer(at: slab.start).raw.load(as: UInt8.self)
          try demand(byte == (place % 3 == 0 ? 0xee : 0), "slab \(place) begins with \(byte)")
        }
        SuperslabPool.checkInvariants()
        for (place, slab) in slabs.enumerated() where place % 3 == 0 { SuperslabPool.release(slab) }
      }
    }

    /// With nothing kept warm and no delay, a superslab is given back the moment it is wholly free.
    @Test func whollyFreeSuperslabsArePurgedBeyondTheWarmOnes() throws {
      try TestThread.runWithHeap { _ in
        let (warm, delay) = (SuperslabPool.warmCount, SuperslabPool.purgeDelayMilliseconds)
        defer { (SuperslabPool.warmCount, SuperslabPool.purgeDelayMilliseconds) = (warm, delay) }
        SuperslabPool.purgeDelayMilliseconds = 0
        for limit in [0, 1, 3] as [UInt] {
          SuperslabPool.warmCount = limit
          let slabs = try (0..<200).map { _ in try self.claim() }
          for slab in slabs { SuperslabPool.release(slab) }
          SuperslabPool.checkInvariants()
          let resident = SuperslabPool.residentFreeSuperslabCount
          try demand(resident <= limit, "\(resident) are resident, not \(limit)")
          try demand(resident == limit || limit == 0, "\(resident) are resident, though \(limit) may be")
        }
        // A delay that has not passed keeps them.
        SuperslabPool.warmCount = 0
        SuperslabPool.purgeDelayMilliseconds = Knob.purgeDelay.facts.greatest
        let purged = SuperslabPool.purgedByteCount
        let slabs = try (0..<200).map { _ in try self.claim() }
        for slab in slabs { SuperslabPool.release(slab) }
        try demand(SuperslabPool.purgedByteCount == purged, "they were purged before their time")
        _ = SuperslabPool.trim()
        try demand(SuperslabPool.residentFreeSuperslabCount == 0, "a trim has left some resident")
      }
    }
  }
}
