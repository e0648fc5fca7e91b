// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Pages of partly live slabs") struct SlabTrimTests {
    private func request(_ sizeClass: SizeClass) -> UInt { sizeClass.blockByteCount - Layout.blockPrefixByteCount }

    private func addresses(_ blocks: some Sequence<MarkedBlock>) -> Set<UInt> { Set(blocks.map(\.address)) }

    /// Blocks of a class until one slab is full, by address; those behind it are freed.
    private func fullSlab(_ sizeClass: SizeClass) throws -> (slab: Slab, blocks: [MarkedBlock]) {
      let first = try MarkedBlock(request(sizeClass))
      let slab = Slab(containing: first.address)
      var blocks = [first]
      while UInt(blocks.count) < slab.capacity { blocks.append(try MarkedBlock(request(sizeClass))) }
      try demand(blocks.allSatisfy { Slab(containing: $0.address) == slab }, "a slab was left before it was full")
      return (slab, blocks.sorted { $0.address < $1.address })
    }

    /// The pages of a full slab that no block of `live` touches, without the last, in which the record is.
    private func pagesWithout(_ live: some Sequence<MarkedBlock>, in slab: Slab) -> UInt16 {
      var pages: UInt16 = 0x7fff
      for block in live {
        for address in stride(from: block.address, to: block.address + block.byteCount, by: 16) {
          pages &= ~(1 << UInt16((address - slab.start) / Layout.pageByteCount))
        }
      }
      return pages
    }

    /// Of a slab in which some pages have live blocks and others have none, the latter go; the class then has every block again,
    /// once, and none over a live one.
    @Test(arguments: 1...64)
    func pagesWithoutLiveBlocksGo(number: Int) throws {
      try SavedSettings.runWithHeap { heap in
        Switch.refillOne.isOn = false
        let sizeClass = SizeClass(number: number)
        var randomness = Randomness(seed: UInt64(number))
        let (slab, blocks) = try self.fullSlab(sizeClass)
        let chosen = (0..<16).filter { _ in randomness.below(3) == 0 } + [randomness.below(15)]
        let live = blocks.filter { block in
          chosen.contains(Int((block.address - slab.start) / Layout.pageByteCount)) && randomness.below(2) == 0
        }
        let liveAddresses = self.addresses(live)
        for block in blocks where !liveAddresses.contains(block.address) { try block.free() }
        heap.flush(sizeClass)
        guard !live.isEmpty else { return }
        let expected = self.pagesWithout(live, in: slab)
        let resident = ace_resident_page_count()
        try demand(slab.pagesRecord.pointee.residentCount == 16, "not all pages are counted as resident")
        let trimmed = heap.pointee.activity.trimmedPageCount
        heap.trimClass(sizeClass)
        try demand(slab.pagesRecord.pointee.holes == expected, "other pages went than those without live blocks")
        let count = expected.nonzeroBitCount
        try demand(heap.pointee.activity.trimmedPageCount == trimmed + UInt64(count), "pages are not counted")
        try demand(ace_resident_page_count() == resident - UInt64(count), "they still count as resident")
        try self.checkPages(of: slab, holes: expected)
        try HeapLaw.check(heap, live: liveAddresses)
        // Nothing more is to be had.
        heap.trimClass(sizeClass)
        try demand(heap.pointee.activity.trimmedPageCount == trimmed + UInt64(count), "holes went once more")
        for block in live { try block.check() }
        // All of them come back, before any other memory is touched.
        let claims = SuperslabPool.claimCount
        var revived: [MarkedBlock] = []
        for _ in 0..<Int(slab.capacity) - live.count { revived.append(try MarkedBlock(self.request(sizeClass))) }
        try demand(self.addresses(revived).count == revived.count, "a block was handed out twice")
        try demand(self.addresses(revived).isDisjoint(with: liveAddresses), "a live block was handed out")
        try demand(
          self.addresses(revived).union(liveAddresses) == self.addresses(blocks), "other blocks came back than went")
        try demand(SuperslabPool.claimCount == claims, "a slab was claimed while one had holes")
        try demand(slab.pagesRecord.pointee.residentCount == 16, "revived pages do not count as resident")
        for block in live + revived { try block.check() }
        try HeapLaw.check(heap, live: liveAddresses.union(self.addresses(revived)))
        try MarkedBlock.free(live + revived)
        try HeapLaw.checkEmpty(heap)
      }
    }

    private func checkPages(of slab: Slab, holes: UInt16) throws {
      let resident = try PageView.resident(from: slab.start, byteCount: Layout.slabByteCount)
      for page in 0..<16 {
        let isHole = holes & (1 << UInt16(page)) != 0
        try demand(resident[page] == !isHole, "page \(page) is resident: \(resident[page])")
        let start = slab.start + UInt(page) * Layout.pageByteCount
        // Looked at last: a page that is read is resident.
        if isHole {
          try demand(PageView.isZero(from: start, byteCount: Layout.pageByteCount), "page \(page) is not zero")
        }
      }
    }

    /// Holes are taken into use one by one, from the lowest.
    @Test(arguments: [1, 3, 16, 31, 64])
    func holesAreRevivedOneByOne(number: Int) throws {
      try SavedSettings.runWithHeap { heap in
        Switch.refillOne.isOn = false
        let sizeClass = SizeClass(number: number)
        let (slab, blocks) = try self.fullSlab(sizeClass)
        let kept = blocks[blocks.count - 1]
        try MarkedBlock.free(blocks.dropLast())
        heap.flush(sizeClass)
        heap.trimClass(sizeClass)
        var holes = slab.pagesRecord.pointee.holes
        try demand(holes == 0x7fff, "not all pages but the last went")
        var live = [kept]
        while holes != 0 {
          while heap.front(sizeClass).pointee.head != nil { live.append(try MarkedBlock(self.request(sizeClass))) }
          if slab.pagesRecord.pointee.holes == holes { live.append(try MarkedBlock(self.request(sizeClass))) }
          let now = slab.pagesRecord.pointee.holes
          try demand(now & ~holes == 0, "a page in use has become a hole")
          try demand(now == holes || now == holes & (holes &- 1), "more than the lowest hole was taken into use")
          holes = now
          try HeapLaw.check(heap, live: self.addresses(live))
        }
        try MarkedBlock.free(live)
        try HeapLaw.checkEmpty(heap)
      }
    }

    /// The page with the record stays, whatever is free in it.
    @Test(arguments: [1, 5, 16, 40, 64])
    func theRecordsPageStays(number: Int) throws {
      try SavedSettings.runWithHeap { heap in
        let sizeClass = SizeClass(number: number)
        let (slab, blocks) = try self.fullSlab(sizeClass)
        try MarkedBlock.free(blocks.dropFirst())
        heap.flush(sizeClass)
        let record = slab.record.pointee
        heap.trimClass(sizeClass)
        try demand(slab.pagesRecord.pointee.holes == 0x7ffe, "not all pages but the first and the last went")
        try demand(
          slab.record.pointee.carved == record.carved && slab.record.pointee.owner == heap, "the record is gone")
        try HeapLaw.check(heap, live: [blocks[0].address])
        try blocks[0].free()
        try HeapLaw.checkEmpty(heap)
      }
    }

    /// Slabs of a class that all have holes: one waits open, the others listed, and all are used up before another is claimed.
    @Test(arguments: [3, 13, 32, 64])
    func manySlabsWithHoles(number: Int) throws {
      try SavedSettings.runWithHeap { heap in
        Switch.refillOne.isOn = false
        // A slab with fewer free blocks than that would not be asked for them.
        Knob.wakeBlocks.value = 1
        let sizeClass = SizeClass(number: number)
        var slabs: [[MarkedBlock]] = []
        for _ in 0..<5 { slabs.append(try self.fullSlab(sizeClass).blocks) }
        var live = slabs.map { $0[$0.count / 3] }
        for blocks in slabs {
          try MarkedBlock.free(blocks.enumerated().filter { $0.offset != blocks.count / 3 }.map(\.element))
        }
        heap.flush(sizeClass)
        heap.trimClass(sizeClass)
        try HeapLaw.check(heap, live: self.addresses(live))
        let claims = SuperslabPool.claimCount
        let total = slabs.joined().count
        while live.count < total {
          live.append(try MarkedBlock(self.request(sizeClass)))
          // Fronts with a part of a slab with holes are given back, and taken again.
          if live.count % 397 == 0 {
            heap.flush(sizeClass)
            try HeapLaw.check(heap, live: self.addresses(live))
          }
        }
        try demand(SuperslabPool.claimCount == claims, "a slab was claimed while others had holes")
        try demand(self.addresses(live) == self.addresses(slabs.joined()), "other blocks came back than went")
        try MarkedBlock.free(live)
        try HeapLaw.checkEmpty(heap)
      }
    }

    /// Locked pages cannot go: they are there, counted once, however often that is tried.
    @Test func lockedPagesStay() throws {
      try SavedSettings.runWithHeap { heap in
        Switch.refillOne.isOn = false
        let sizeClass = SizeClass(number: 8)
        let (slab, first) = try self.fullSlab(sizeClass)
        let memory = UnsafeMutableRawPointer(bitPattern: slab.start)
        try demand(mlock(memory, Int(Layout.slabByteCount)) == 0, "64 KiB may not be locked")
        defer { munlock(memory, Int(Layout.slabByteCount)) }
        let trimmed = heap.pointee.activity.trimmedPageCount
        let resident = ace_resident_page_count()
        var blocks = first
        for _ in 0..<20 {
          let live = blocks.removeFirst()
          try MarkedBlock.free(blocks)
          heap.flush(sizeClass)
          heap.trimClass(sizeClass)
          try demand(heap.pointee.activity.trimmedPageCount == trimmed, "locked pages are said to have gone")
          try HeapLaw.check(heap, live: [live.address])
          try live.check()
          blocks = [live]
          while UInt(blocks.count) < slab.capacity { blocks.append(try MarkedBlock(self.request(sizeClass))) }
          try demand(self.addresses(blocks) == self.addresses(first), "other blocks came back")
          try demand(slab.pagesRecord.pointee.residentCount == 16, "\(slab.pagesRecord.pointee.residentCount) pages")
        }
        try demand(ace_resident_page_count() == resident, "the count of resident pages has moved")
        try MarkedBlock.free(blocks)
        try HeapLaw.checkEmpty(heap)
      }
    }

    /// Whatever a program does between trims, blocks keep their contents and the laws hold.
    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func randomOperations(seed: UInt64) throws {
      try SavedSettings.runWithHeap { heap in
        var randomness = Randomness(seed: seed)
        let limit = [64, 1024, 16, 300, 1024][Int(seed % 5)] as UInt
        let least = [1, 1, 16, 200, 700][Int(seed % 5)] as UInt
        Switch.refillOne.isOn = seed % 2 == 0
        Knob.keepSlabs.value = seed % 3
        var live: [MarkedBlock] = []
        for step in 0..<30_000 {
          if live.isEmpty || randomness.below(16) < [12, 4, 7, 9][step / 2_500 % 4] {
            live.append(try MarkedBlock(least + randomness.below(limit - least + 1)))
          } else {
            try randomness.remove(from: &live).free()
          }
          switch randomness.below(2_000) {
          case 0: heap.flush(SizeClass(holding: least + randomness.below(limit - least + 1)))
          case 1...4: heap.trimClass(SizeClass(holding: least + randomness.below(limit - least + 1)))
          case 5: heap.trim()
          case 6: heap.flush()
          case 7...9: heap.lookAfterClasses()
          default: break
          }
          if step % 3_000 == 2_999 {
            try HeapLaw.check(heap, live: self.addresses(live))
            for block in live { try block.check() }
            Invariants.check()
          }
        }
        try demand(heap.pointee.activity.trimmedPageCount > 0, "nothing was ever trimmed")
        try MarkedBlock.free(live)
        try HeapLaw.checkEmpty(heap)
        Invariants.check()
      }
    }
  }
}
