// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Slabs that a heap keeps ready") struct WarmPoolTests {
    private let sizeClass = SizeClass(number: 40)

    private func run(_ body: @escaping (HeapPointer) throws -> Void) throws {
      try SavedSettings.runWithHeap { heap in
        Switch.warmPool.isOn = true
        Switch.idleTrim.isOn = false
        Knob.keepSlabs.value = 0
        Knob.warmSlabs.value = 4
        Knob.prefillSlabs.value = 0
        try body(heap)
      }
    }

    private func take(_ heap: HeapPointer) throws -> Slab {
      guard let slab = heap.takeSlab(sizeClass) else { throw Finding(description: "no slab") }
      return slab
    }

    /// A hit takes neither lock: it comes while another thread has both, and would otherwise never come.
    @Test func aHitTakesNoLock() throws {
      try run { heap in
        let slabs = try (0..<3).map { _ in try self.take(heap) }
        for slab in slabs { heap.giveBack(slab) }
        try demand(heap.pointee.spareCount == 3, "\(heap.pointee.spareCount) slabs are spare")
        let (hits, misses) = (heap.pointee.warmHitCount, heap.pointee.warmMissCount)
        nonisolated(unsafe) var barrier = pthread_barrier_t()
        pthread_barrier_init(&barrier, nil, 2)
        let holder = TestThread {
          for lock in [ACE_LOCK_HEAPS, ACE_LOCK_SUPERSLABS, ACE_LOCK_SPAN] { ace_take(lock) }
          pthread_barrier_wait(&barrier)
          pthread_barrier_wait(&barrier)
          for lock in [ACE_LOCK_SPAN, ACE_LOCK_SUPERSLABS, ACE_LOCK_HEAPS] { ace_give(lock) }
        }
        pthread_barrier_wait(&barrier)
        let taken = try (0..<3).map { _ in try self.take(heap) }
        // And so do giving back, and taking for another class.
        heap.giveBack(taken[0])
        let other = heap.takeSlab(SizeClass(number: 3))
        pthread_barrier_wait(&barrier)
        try holder.join()
        try demand(Set(taken.map(\.number)) == Set(slabs.map(\.number)), "other slabs were taken")
        try demand(other == taken[0], "another class got another slab")
        try demand(heap.pointee.warmHitCount == hits + 4, "hits are not counted")
        try demand(heap.pointee.warmMissCount == misses, "misses are counted")
        for slab in taken { heap.giveBack(slab) }
        try HeapLaw.checkEmpty(heap)
      }
    }

    @Test func missesAreCountedAndClaimASlab() throws {
      try run { heap in
        let (hits, misses, claims) = (heap.pointee.warmHitCount, heap.pointee.warmMissCount, SuperslabPool.claimCount)
        let slabs = try (0..<7).map { _ in try self.take(heap) }
        try demand(heap.pointee.warmMissCount == misses + 7, "misses are not counted")
        try demand(heap.pointee.warmHitCount == hits, "hits are counted")
        try demand(SuperslabPool.claimCount == claims + 7, "another number of slabs was claimed")
        for slab in slabs { heap.giveBack(slab) }
        try HeapLaw.checkEmpty(heap)
      }
    }

    @Test(arguments: [0, 1, 4, 64] as [UInt64])
    func noMoreAreSpareThanTheKnobSays(limit: UInt64) throws {
      try run { heap in
        Knob.warmSlabs.value = limit
        let slabs = try (0..<70).map { _ in try self.take(heap) }
        let releases = SuperslabPool.releaseCount
        for slab in slabs { heap.giveBack(slab) }
        try demand(heap.pointee.spareCount == limit, "\(heap.pointee.spareCount) slabs are spare")
        try demand(SuperslabPool.releaseCount == releases + 70 - limit, "the others were not released")
        try HeapLaw.checkEmpty(heap)
      }
    }

    @Test func offNoneIsSpareAndNoneIsKept() throws {
      try run { heap in
        Switch.warmPool.isOn = false
        Knob.keepSlabs.value = 4
        Knob.prefillSlabs.value = 32
        let blocks = try (0..<2_000).map { _ in try MarkedBlock(500) }
        let releases = SuperslabPool.releaseCount
        let slabCount = Set(blocks.map { Slab(containing: $0.address).number }).count
        try MarkedBlock.free(blocks)
        try demand(heap.pointee.spareCount == 0, "slabs are spare")
        try demand(heap.pointee.kept[Int(SizeClass(holding: 500).number)] == 0, "slabs are kept")
        try demand(
          SuperslabPool.releaseCount == releases + UInt64(slabCount) - 1, "not all but the current were released")
        try HeapLaw.checkEmpty(heap)
      }
    }

    /// A class keeps so many empty slabs with their blocks linked, and takes blocks from them before it takes another slab.
    @Test(arguments: [0, 1, 3, 64] as [UInt64])
    func aClassKeepsEmptySlabs(limit: UInt64) throws {
      try run { heap in
        Knob.keepSlabs.value = limit
        Knob.warmSlabs.value = 0
        let number = SizeClass(holding: 500).number
        let blocks = try (0..<2_000).map { _ in try MarkedBlock(500) }
        let slabCount = Set(blocks.map { Slab(containing: $0.address).number }).count
        let releases = SuperslabPool.releaseCount
        try MarkedBlock.free(blocks)
        let kept = min(limit, UInt64(slabCount) - 1)
        try demand(UInt64(heap.pointee.kept[number]) == kept, "\(heap.pointee.kept[number]) slabs are kept")
        try demand(
          SuperslabPool.releaseCount == releases + UInt64(slabCount) - 1 - kept, "the others were not released")
        try HeapLaw.check(heap, live: [])
        let (claims, carved) = (SuperslabPool.claimCount, heap.pointee.counters[number].carvedBlocks)
        let capacity = Int(Slab(containing: blocks[0].address).capacity)
        let again = try (0..<capacity * Int(kept)).map { _ in try MarkedBlock(500) }
        try demand(SuperslabPool.claimCount == claims, "a slab was claimed while some were kept")
        try demand(heap.pointee.counters[number].carvedBlocks == carved, "blocks were carved while some were linked")
        try HeapLaw.check(heap, live: Set(again.map(\.address)))
        try MarkedBlock.free(again)
        try HeapLaw.checkEmpty(heap)
      }
    }

    /// The secondary prefill: resident slabs only, an eighth of what the heap has asked for, and no more than the knob says.
    @Test func prefillTakesAnEighthOfResidentSlabs() throws {
      try run { heap in
        Switch.tiering.isOn = false
        Knob.warmSlabs.value = 0
        // Resident free slabs in plenty, in as few superslabs as can be.
        let some = try (0..<96).map { _ in try self.take(heap) }
        for slab in some { heap.giveBack(slab) }
        Knob.prefillSlabs.value = 5
        heap.pointee.warmMissCount = 0
        var taken: [Slab] = []
        for miss in 1...64 as ClosedRange<UInt32> {
          heap.giveBackSpares()
          taken.append(try self.take(heap))
          let most = min(5, miss / 8)
          try demand(heap.pointee.spareCount <= most, "\(heap.pointee.spareCount) slabs were taken ahead, not \(most)")
          if miss < 60 {
            try demand(heap.pointee.spareCount == most, "\(heap.pointee.spareCount) of \(most) were taken ahead")
          }
          var next = heap.pointee.spare
          while next != 0 {
            let slab = Slab(number: UInt(next - 1))
            let isResident = try PageView.resident(from: slab.start, byteCount: Layout.slabByteCount).contains(true)
            try demand(isResident, "a slab that is not resident was taken ahead")
            try demand(slab.record.pointee.state == .unused, "a slab that was taken ahead is in use")
            next = slab.record.pointee.next
          }
        }
        for slab in taken { heap.giveBack(slab) }
        heap.giveBackSpares()
        // Where nothing is resident, nothing is taken ahead.
        _ = SuperslabPool.trim()
        taken = [try self.take(heap)]
        try demand(heap.pointee.spareCount == 0, "slabs that are not resident were taken ahead")
        for slab in taken { heap.giveBack(slab) }
        try HeapLaw.checkEmpty(heap)
      }
    }
  }
}
