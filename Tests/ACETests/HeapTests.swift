// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Heaps") struct HeapTests {
    /// Blocks of a class until `count` slabs are full and the next one is begun; by slab number, in the order of use.
    private func fill(_ sizeClass: SizeClass, slabs count: Int) throws -> [(slab: UInt, blocks: [UInt])] {
      var slabs: [(slab: UInt, blocks: [UInt])] = []
      while slabs.count <= count {
        let address = try TestThread.block(sizeClass.blockByteCount).address
        let number = Slab(containing: address).number
        if slabs.last?.slab != number { slabs.append((number, [])) }
        slabs[slabs.count - 1].blocks.append(address)
      }
      return slabs
    }

    private func free(_ addresses: some Sequence<UInt>) {
      for address in addresses { deallocate(UnsafeMutableRawPointer(bitPattern: address)) }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func countdownsTellWhatIsFree(seed: UInt64) throws {
      try TestThread.runWithHeap { heap in
        var randomness = Randomness(seed: seed)
        var live: [UInt] = []
        // One class, a few, or all of them; phases that grow and that shrink.
        let greatest = [16, 48, 1024, 128, 1024, 1008][Int(seed - 1)] as UInt
        let least = [1, 33, 900, 1, 1, 1000][Int(seed - 1)] as UInt
        for step in 0..<24_000 {
          if live.isEmpty || randomness.below(8) < [6, 2, 5, 3][step / 3_000 % 4] {
            let address = try TestThread.block(least + randomness.below(greatest - least + 1)).address
            memset(BlockPointer(at: address).raw, 0xff, Int(ungatedUsableByteCount(address)))
            live.append(address)
          } else {
            self.free([randomness.remove(from: &live)])
          }
          if step % 1_500 == 0 {
            try HeapLaw.check(heap, live: Set(live))
            Invariants.check()
          }
          if step % 9_000 == 8_999 {
            heap.flush()
            try HeapLaw.check(heap, live: Set(live))
          }
        }
        try demand(Set(live).count == live.count, "a block was handed out twice")
        self.free(live)
        try HeapLaw.check(heap, live: [])
        try HeapLaw.checkEmpty(heap)
        Invariants.check()
      }
    }

    /// Slabs of a class that are full, freed in every order that tells something, leave nothing.
    @Test(arguments: [1, 2, 3, 15, 16, 17, 31, 32, 40, 63, 64])
    func emptySlabsAreGivenBack(number: Int) throws {
      try TestThread.runWithoutKeptSlabs { heap in
        let sizeClass = SizeClass(number: number)
        for order in 0..<4 {
          let slabs = try self.fill(sizeClass, slabs: 4)
          let free = SuperslabPool.freeSlabCount
          for (_, blocks) in slabs.dropLast() {
            switch order {
            case 0: self.free(blocks)
            case 1: self.free(blocks.reversed())
            default:
              var randomness = Randomness(seed: UInt64(order))
              self.free(blocks.shuffled(using: &randomness))
            }
          }
          try HeapLaw.check(heap, live: Set(slabs.last?.blocks ?? []))
          try demand(heap.pointee.spareCount == 2, "\(heap.pointee.spareCount) slabs are spare")
          try demand(
            SuperslabPool.freeSlabCount == free + 2, "\(SuperslabPool.freeSlabCount - free) slabs went to the pool")
          self.free(slabs.last?.blocks ?? [])
          try HeapLaw.checkEmpty(heap)
        }
      }
    }

    @Test func anEmptySlabServesAnotherClass() throws {
      try TestThread.runWithoutKeptSlabs { heap in
        let slabs = try self.fill(SizeClass(number: 64), slabs: 1)
        let claims = SuperslabPool.claimCount
        self.free(slabs[0].blocks)
        let other = try TestThread.block(32)
        try demand(Slab(containing: other.address).number == slabs[0].slab, "another slab was taken")
        try demand(SuperslabPool.claimCount == claims, "a slab was claimed while one was spare")
        try HeapLaw.check(heap, live: Set(slabs[1].blocks + [other.address]))
        self.free(slabs[1].blocks + [other.address])
        try HeapLaw.checkEmpty(heap)
      }
    }

    /// A slab wakes at its count and not before, and is then used before a page that was never touched.
    @Test(arguments: [1, 4, 16, 33, 64])
    func listedSlabsComeBeforeVirginPages(number: Int) throws {
      try TestThread.runWithHeap { heap in
        let sizeClass = SizeClass(number: number)
        let slabs = try self.fill(sizeClass, slabs: 1)
        let full = Slab(number: slabs[0].slab)
        let open = Slab(number: slabs[1].slab)
        var live = Set(slabs.flatMap(\.blocks))
        while heap.front(sizeClass).pointee.head != nil {
          live.insert(try TestThread.block(sizeClass.blockByteCount).address)
        }
        try demand(open.hasVirginBlocks, "the slab in hand has no virgin page")
        let carved = open.record.pointee.carved
        let returned = slabs[0].blocks.prefix(Int(full.wakeCount))
        for address in returned {
          try demand(full.record.pointee.state == .full, "the slab woke before its count")
          self.free([address])
          live.remove(address)
        }
        try demand(full.record.pointee.state == .listed, "the slab did not wake")
        try HeapLaw.check(heap, live: live)
        // What has come back is used up first…
        for _ in returned {
          let address = try TestThread.block(sizeClass.blockByteCount).address
          try demand(returned.contains(address), "a block was taken elsewhere")
          live.insert(address)
        }
        try demand(open.record.pointee.state == .open && open.record.pointee.carved == carved, "a page was carved")
        try HeapLaw.check(heap, live: live)
        // …then the open slab, before another is claimed.
        let claims = SuperslabPool.claimCount
        while open.hasVirginBlocks {
          let address = try TestThread.block(sizeClass.blockByteCount).address
          try demand(Slab(containing: address) == open, "an open slab was passed over")
          live.insert(address)
        }
        try demand(SuperslabPool.claimCount == claims, "a slab was claimed while one was open")
        try demand(heap.pointee.open[number] == 0, "an open slab is still waiting")
        self.free(live)
        try HeapLaw.checkEmpty(heap)
      }
    }

    /// All blocks of an open slab come back: it is empty, though it was never full.
    @Test func anOpenSlabThatBecomesEmptyIsGivenBack() throws {
      try TestThread.runWithoutKeptSlabs { heap in
        let sizeClass = SizeClass(number: 20)
        let slabs = try self.fill(sizeClass, slabs: 1)
        let open = Slab(number: slabs[1].slab)
        while heap.front(sizeClass).pointee.head != nil { _ = try TestThread.block(sizeClass.blockByteCount) }
        let ofOpen = (0..<UInt(open.record.pointee.carved)).map {
          open.start + (open.capacity - 1 - $0) * sizeClass.blockByteCount
        }
        self.free(slabs[0].blocks.prefix(Int(Slab(number: slabs[0].slab).wakeCount)))
        let again = try TestThread.block(sizeClass.blockByteCount).address
        try demand(open.record.pointee.state == .open, "the slab is \(open.record.pointee.state)")
        self.free(ofOpen)
        try demand(open.record.pointee.state == .unused && heap.pointee.open[20] == 0, "it was not given back")
        try HeapLaw.check(
          heap, live: Set(slabs[0].blocks.dropFirst(Int(Slab(number: slabs[0].slab).wakeCount)) + [again]))
        self.free(Set(slabs[0].blocks.dropFirst(Int(Slab(number: slabs[0].slab).wakeCount)) + [again]))
        try HeapLaw.checkEmpty(heap)
      }
    }

    @Test func flushKeepsWhatIsLive() throws {
      try TestThread.runWithHeap { heap in
        var live = Set<UInt>()
        for number in 1...Layout.classCount {
          live.insert(try TestThread.block(SizeClass(number: number).blockByteCount).address)
        }
        for _ in 0..<3 {
          heap.flush()
          try HeapLaw.check(heap, live: live)
          try demand(HeapLaw.slabs(of: heap).count == Layout.classCount, "a slab for each class should be left")
        }
        // A block of each class comes from what is there.
        let claims = SuperslabPool.claimCount
        for number in 1...Layout.classCount {
          live.insert(try TestThread.block(SizeClass(number: number).blockByteCount).address)
        }
        try demand(SuperslabPool.claimCount == claims, "slabs were claimed while all classes had open ones")
        try HeapLaw.check(heap, live: live)
        self.free(live)
        try HeapLaw.checkEmpty(heap)
      }
    }

    @Test func noBytesIsABlockToo() throws {
      try TestThread.runWithHeap { heap in
        let (first, second) = (try TestThread.block(0), try TestThread.block(0))
        try demand(first != second, "two blocks at one address")
        deallocate(first)
        deallocate(second)
        deallocate(nil)
        try HeapLaw.checkEmpty(heap)
      }
    }
  }
}
