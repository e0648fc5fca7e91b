// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Large blocks") struct LargeTests {
    private static let unit: UInt = 1 << Layout.largeUnitShift

    private func block(_ byteCount: UInt, alignment: UInt = 1) throws -> (block: UnsafeMutableRawPointer, isZero: Bool)
    {
      guard let made = LargeHeap.allocate(byteCount, alignment: alignment) else {
        throw Finding(description: "no memory")
      }
      return made
    }

    private func isZero(_ block: UnsafeMutableRawPointer, _ count: UInt) -> Bool {
      block.load(as: UInt8.self) == 0 && memcmp(block, block + 1, Int(count) - 1) == 0
    }

    /// Garbage is written into every block; what is claimed to be zero is looked at in full.
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func claimedZeroIsZero(seed: UInt64) throws { try look(seed, upTo: 24 * Self.unit, alignments: 18) }

    /// The same with lengths that share bins.
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func claimedZeroIsZeroInLongRuns(seed: UInt64) throws { try look(seed, upTo: 400 * Self.unit, alignments: 22) }

    private func look(_ seed: UInt64, upTo limit: UInt, alignments shiftLimit: UInt) throws {
      try TestThread.runWithHeap { _ in
        var randomness = Randomness(seed: seed)
        var live: [UInt] = []
        var zeroCount = 0
        let before = LargeHeap.liveUnitCount
        for step in 0..<700 {
          switch randomness.below(12) {
          case 0...5 where live.count < 40:
            let byteCount = 1 + randomness.anyMagnitude(upTo: limit)
            let alignment: UInt = randomness.below(3) == 0 ? 1 << randomness.below(shiftLimit) : 1
            let (block, isZero) = try self.block(byteCount, alignment: alignment)
            let usable = ungatedUsableByteCount(block.address)
            try demand(block.address % max(alignment, Self.unit) == 0, "\(block) for an alignment of \(alignment)")
            try demand(usable >= byteCount && usable < byteCount + Self.unit, "\(usable) bytes for \(byteCount)")
            if isZero {
              zeroCount += 1
              try demand(self.isZero(block, usable), "a block of \(usable) bytes is said to be zero in step \(step)")
            }
            memset(block, 0xa5, Int(usable))
            live.append(block.address)
          case 6...8 where !live.isEmpty: LargeHeap.deallocate(randomness.remove(from: &live))
          case 9...10 where !live.isEmpty:
            let address = live[randomness.below(live.count)]
            let byteCount = 1 + randomness.anyMagnitude(upTo: limit)
            let former = ungatedUsableByteCount(address)
            if LargeHeap.resize(address, to: byteCount) {
              let usable = ungatedUsableByteCount(address)
              try demand(usable >= byteCount && usable < byteCount + Self.unit, "\(usable) bytes for \(byteCount)")
              memset(BlockPointer(at: address).raw, 0x5a, Int(usable))
            } else {
              try demand(byteCount > former, "shrinking was refused")
              try demand(ungatedUsableByteCount(address) == former, "a refusal has changed something")
            }
          case 11 where randomness.below(4) == 0: _ = LargeHeap.trim()
          default: break
          }
          LargeHeap.checkInvariants()
          let units = live.reduce(0) { $0 + UInt64(ungatedUsableByteCount($1) / Self.unit) }
          try demand(
            LargeHeap.liveUnitCount == before + units, "\(LargeHeap.liveUnitCount - before) units, not \(units)")
        }
        try demand(zeroCount > 20, "only \(zeroCount) blocks were said to be zero")
        for address in live { LargeHeap.deallocate(address) }
        try demand(LargeHeap.liveUnitCount == before, "blocks are left")
        LargeHeap.checkInvariants()
      }
    }

    /// A block that is moved leaves zeros behind where the system has moved its pages.
    @Test func movedBlocksKeepTheirContents() throws {
      try TestThread.runWithHeap { _ in
        for byteCount in [160 << 10, 1 << 20, 2 << 20, 8 << 20] as [UInt] {
          let (first, _) = try self.block(byteCount)
          let (obstacle, _) = try self.block(Self.unit)
          for offset in stride(from: 0, to: byteCount, by: 4096) {
            first.storeBytes(of: offset ^ 0x5555, toByteOffset: Int(offset), as: UInt.self)
          }
          let cached = LargeHeap.cachedUnitCount
          guard let moved = reallocate(first, 2 * byteCount) else {
            throw Finding(description: "no memory")
          }
          // Pages that were moved are not left behind (from Linux 5.7 on).
          let isLeft = LargeHeap.cachedUnitCount > cached
          try demand(moved == first || byteCount < Layout.pageMoveLimit || !isLeft, "pages were left behind")
          for offset in stride(from: 0, to: byteCount, by: 4096) {
            try demand(moved.load(fromByteOffset: Int(offset), as: UInt.self) == offset ^ 0x5555, "contents are lost")
          }
          LargeHeap.checkInvariants()
          // The place it has left, and all others, still tell rightly whether they are zero.
          var taken: [UInt] = []
          for _ in 0..<12 {
            let (block, isZero) = try self.block(byteCount)
            try demand(!isZero || self.isZero(block, byteCount), "a moved block has left something")
            taken.append(block.address)
          }
          for address in taken { LargeHeap.deallocate(address) }
          LargeHeap.deallocate(moved.address)
          LargeHeap.deallocate(obstacle.address)
          LargeHeap.checkInvariants()
        }
      }
    }

    @Test func callocIsZeroWhateverWasThere() throws {
      try TestThread.runWithHeap { heap in
        var randomness = Randomness(seed: 7)
        for _ in 0..<120 {
          let byteCount = randomness.anyMagnitude(upTo: 2 << 20 as UInt)
          guard let block = allocateZeroed(byteCount) else { throw Finding(description: "no memory") }
          try demand(self.isZero(block, byteCount), "\(byteCount) bytes are not zero")
          memset(block, 0xff, Int(ungatedUsableByteCount(block.address)))
          deallocate(block)
        }
        try HeapLaw.checkEmpty(heap)
      }
    }

    /// What stays resident is what was in use: not the run beside it, which was given back long ago.
    @Test
    func aBlockBesideAPurgedRunStaysResident() throws {
      try TestThread.runWithHeap { _ in
        let whole = UInt(LargeHeap.cacheByteLimit) + 64 * Self.unit
        LargeHeap.deallocate(try self.block(whole).block.address)
        _ = LargeHeap.trim()
        for _ in 0..<10 {
          let (block, _) = try self.block(10 * Self.unit)
          memset(block, 1, Int(10 * Self.unit))
          let purged = LargeHeap.purgedByteCount
          LargeHeap.deallocate(block.address)
          try demand(LargeHeap.purgedByteCount == purged, "\(LargeHeap.purgedByteCount - purged) bytes were purged")
        }
      }
    }

    @Test func trimmingGivesEverythingBack() throws {
      try TestThread.runWithHeap { _ in
        let limit = LargeHeap.cacheByteLimit
        defer { LargeHeap.cacheByteLimit = limit }
        LargeHeap.cacheByteLimit = UInt(Knob.largeCache.facts.greatest)
        _ = LargeHeap.trim()
        try demand(LargeHeap.cachedUnitCount == 0, "\(LargeHeap.cachedUnitCount) units are still resident")
        try demand(!LargeHeap.trim(), "there was nothing to give back, but it was")
        let (block, _) = try self.block(10 * Self.unit)
        memset(block, 1, Int(10 * Self.unit))
        LargeHeap.deallocate(block.address)
        try demand(LargeHeap.cachedUnitCount >= 10, "a freed block is not resident")
        let purged = LargeHeap.purgedByteCount
        try demand(LargeHeap.trim(), "there was something to give back")
        try demand(LargeHeap.purgedByteCount >= purged + UInt64(10 * Self.unit), "less was purged than was freed")
        try demand(LargeHeap.cachedUnitCount == 0, "\(LargeHeap.cachedUnitCount) units are still resident")
        try demand(block.load(as: UInt8.self) == 0, "purged memory is not zero")
        LargeHeap.checkInvariants()
      }
    }

    /// What stays resident is bounded by the knob, or by what was live at the peak; what is older than the delay goes.
    @Test func theCacheIsBounded() throws {
      try TestThread.runWithHeap { _ in
        let (limit, delay) = (LargeHeap.cacheByteLimit, LargeHeap.purgeDelayMilliseconds)
        defer { (LargeHeap.cacheByteLimit, LargeHeap.purgeDelayMilliseconds) = (limit, delay) }
        LargeHeap.cacheByteLimit = 8 * Self.unit
        // Forgets the peak, and everything that is resident.
        LargeHeap.purgeDelayMilliseconds = 0
        LargeHeap.deallocate(try self.block(Self.unit).block.address)
        try demand(LargeHeap.cachedUnitCount == 0, "\(LargeHeap.cachedUnitCount) units are resident after their time")
        LargeHeap.purgeDelayMilliseconds = UInt32(Knob.largePurgeDelay.facts.greatest)
        var peak = LargeHeap.liveUnitCount
        var obstacles: [UInt] = []
        for length in 20..<32 as Range<UInt> {
          // One unit more each time: no run that was freed before is long enough.
          let (block, _) = try self.block(length * Self.unit)
          obstacles.append(try self.block(Self.unit).block.address)
          peak = max(peak, LargeHeap.liveUnitCount)
          LargeHeap.deallocate(block.address)
          let bound = max(8, peak)
          try demand(
            LargeHeap.cachedUnitCount <= bound, "\(LargeHeap.cachedUnitCount) units are resident, beyond \(bound)")
          LargeHeap.checkInvariants()
        }
        for address in obstacles { LargeHeap.deallocate(address) }
        LargeHeap.checkInvariants()
      }
    }
  }
}
