// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Mid blocks") struct MidTests {
    private func free(_ addresses: some Sequence<UInt>) {
      for address in addresses { deallocate(UnsafeMutableRawPointer(bitPattern: address)) }
    }

    /// The first and last words of a block, which a neighbour would write over.
    private func mark(_ address: UInt) {
      let count = Int(ungatedUsableByteCount(address))
      let block = BlockPointer(at: address).raw
      block.storeBytes(of: address, as: UInt.self)
      block.storeBytes(of: ~address, toByteOffset: count - 8, as: UInt.self)
    }

    private func isMarked(_ address: UInt, _ count: UInt) -> Bool {
      let block = BlockPointer(at: address).raw
      return block.load(as: UInt.self) == address
        && block.load(fromByteOffset: Int(count) - 8, as: UInt.self) == ~address
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func randomOperations(seed: UInt64) throws {
      try TestThread.runWithHeap { heap in
        var randomness = Randomness(seed: seed)
        var live: [UInt: UInt] = [:]
        let limit = [Layout.midLimit, 4096, 40_000, Layout.midLimit][Int(seed - 1)]
        for step in 0..<6_000 {
          let victim = live.isEmpty ? nil : live.keys.randomElement(using: &randomness)
          switch (randomness.below(8), victim) {
          case (0...[4, 2][step / 1_000 % 2], _), (_, nil):
            let byteCount = Layout.tinyLimit + 1 + randomness.below(limit - Layout.tinyLimit)
            let address = try TestThread.block(byteCount).address
            try demand(Span.mid.contains(address), "\(byteCount) bytes are elsewhere")
            try demand(live[address] == nil, "a live block was handed out")
            live[address] = byteCount
            self.mark(address)
          case (5, let victim?):
            let usable = ungatedUsableByteCount(victim)
            try demand(self.isMarked(victim, usable), "a block was written over")
            let byteCount = Layout.tinyLimit + 1 + randomness.below(limit - Layout.tinyLimit)
            let units = heap.pointee.mid.liveUnitCount
            let isDone = heap.pointee.mid.resize(victim, to: byteCount)
            if isDone {
              live[victim] = byteCount
              try demand(ungatedUsableByteCount(victim) >= byteCount, "too short after a resize")
              try demand(BlockPointer(at: victim).raw.load(as: UInt.self) == victim, "contents are lost")
              self.mark(victim)
            } else {
              try demand(byteCount > usable, "\(byteCount) bytes of \(usable) were refused")
              try demand(heap.pointee.mid.liveUnitCount == units, "a refusal has changed something")
            }
          case (_, let victim?):
            try demand(self.isMarked(victim, ungatedUsableByteCount(victim)), "a block was written over")
            live[victim] = nil
            self.free([victim])
          }
          if step % 500 == 0 {
            try MidTable.check(live: live)
            heap.checkInvariants()
          }
        }
        let units = live.keys.reduce(0) { $0 + UInt64(ungatedUsableByteCount($1) >> Layout.midUnitShift) }
        try demand(heap.pointee.mid.liveUnitCount == units, "\(heap.pointee.mid.liveUnitCount) units, not \(units)")
        heap.flush()
        try MidTable.check(live: live)
        self.free(live.keys)
        try HeapLaw.checkEmpty(heap)
      }
    }

    /// Every alignment that a mid block can have, with every magnitude of sizes.
    @Test func alignments() throws {
      try TestThread.runWithHeap { heap in
        var live: [UInt: UInt] = [:]
        var shift: UInt = 4
        while 1 << shift < Layout.midLimit {
          let alignment: UInt = 1 << shift
          for byteCount in [1, 17, 128, 129, 1025, 4096, 5000, 65_536, 100_000] as [UInt] {
            for _ in 0..<3 where byteCount + alignment <= Layout.midLimit {
              guard let block = heap.pointee.mid.allocate(byteCount, alignment: alignment, for: heap) else {
                throw Finding(description: "no memory")
              }
              try demand(block.address % alignment == 0, "\(block.address) for an alignment of \(alignment)")
              try demand(ungatedUsableByteCount(block.address) >= byteCount, "too short")
              // What is cut off for the alignment is not the block's.
              let units = UInt(MidHeap.unitCount(byteCount)) << Layout.midUnitShift
              try demand(ungatedUsableByteCount(block.address) < 2 * units, "\(byteCount) bytes keep the whole run")
              try demand(live.updateValue(byteCount, forKey: block.address) == nil, "a live block was handed out")
              self.mark(block.address)
            }
          }
          shift += 1
        }
        try MidTable.check(live: live)
        for address in live.keys { try demand(self.isMarked(address, ungatedUsableByteCount(address)), "written over") }
        self.free(live.keys)
        try HeapLaw.checkEmpty(heap)
      }
    }

    @Test func splitAndJoined() throws {
      try TestThread.runWithHeap { heap in
        let blocks = try (0..<4).map { _ in try TestThread.block(40_000).address }
        self.free([blocks[1], blocks[2]])
        heap.flush()
        let runs = try MidTable.runs(around: blocks[0])
        try demand(runs[blocks[1]]?.isFree == true, "a freed run is not free")
        try demand(runs[blocks[2]] == nil, "two freed neighbours are not joined")
        // A block as large as both takes their place.
        let whole = try TestThread.block(runs[blocks[1]]?.byteCount ?? 0).address
        try demand(whole == blocks[1], "what was joined was not used")
        self.free([blocks[0], whole, blocks[3]])
        try HeapLaw.checkEmpty(heap)
      }
    }

    @Test func growsInPlace() throws {
      try TestThread.runWithHeap { heap in
        let first = try TestThread.block(30_000).address
        let second = try TestThread.block(30_000).address
        try demand(second > first, "the second is below the first")
        self.mark(first)
        try demand(!heap.pointee.mid.resize(first, to: 60_000), "a block grew into a live one")
        self.free([second])
        heap.flush()
        try demand(heap.pointee.mid.resize(first, to: 50_000), "a block did not grow into a free one")
        try demand(ungatedUsableByteCount(first) >= 50_000, "it is not as long as it should be")
        try demand(heap.pointee.mid.resize(first, to: 2_000), "a block did not shrink")
        try demand(ungatedUsableByteCount(first) < 2_200, "it has not become shorter")
        try MidTable.check(live: [first: 2_000])
        // By way of realloc, contents move when the place is too small.
        let neighbour = try TestThread.block(30_000).address
        self.mark(first)
        guard let moved = reallocate(BlockPointer(at: first).raw, 3 * Layout.midLimit) else {
          throw Finding(description: "no memory")
        }
        try demand(moved.load(as: UInt.self) == first, "contents are lost")
        self.free([moved.address, neighbour])
        try HeapLaw.checkEmpty(heap)
      }
    }

    @Test func superslabsAreClaimedAndReleased() throws {
      try TestThread.runWithHeap { heap in
        _ = MidPool.trim()
        var live: [UInt: UInt] = [:]
        let claimed = MidPool.count
        let byteCount = Layout.midLimit / 4 * 3
        let count = 10 * Layout.superslabByteCount / byteCount
        for _ in 0..<count { live[try TestThread.block(byteCount).address] = byteCount }
        let superslabs = Set(live.keys.map { $0 >> Layout.superslabShift })
        try demand(superslabs.count >= 10, "\(superslabs.count) superslabs for as much as ten")
        for superslab in superslabs {
          let owner = MidSuperslab.containing(superslab << Layout.superslabShift).pointee.owner
          try demand(owner == heap, "a superslab belongs to another heap")
        }
        try MidTable.check(live: live)
        let made = MidPool.count
        try demand(made >= claimed, "superslabs are gone")
        self.free(live.keys)
        try HeapLaw.checkEmpty(heap)
        // Where a superslab is the pool's, no run begins.
        for superslab in superslabs {
          let first = MidStore.unit(superslab << Layout.superslabShift) + MidStore.tableUnitCount
          try demand(MidStore.tag(first) == .border, "a superslab without blocks was not released")
        }
        // The memory that came back serves another heap.
        try TestThread.runWithHeap { other in
          var others: [UInt] = []
          for _ in 0..<count { others.append(try TestThread.block(byteCount).address) }
          try demand(MidPool.count <= made + 1, "\(MidPool.count - made) superslabs more")
          self.free(others)
          try HeapLaw.checkEmpty(other)
        }
        let purged = MidPool.purgedByteCount
        try demand(MidPool.trim() == (MidPool.purgedByteCount > purged), "what was purged is told wrongly")
        try demand(!MidPool.trim(), "nothing is left to purge, but it was")
        // And is zero where it was given back.
        for superslab in superslabs {
          let record = MidSuperslab.containing(superslab << Layout.superslabShift)
          try demand(record.pointee.owner == nil || record.pointee.owner == heap, "an owner is left")
        }
      }
    }

    /// A size that is cut to 32 bits of units would be that of a block that was freed lately.
    @Test func aSizeBeyondAllBoundsTakesNoRecentBlock() throws {
      try TestThread.runWithHeap { heap in
        self.free([try TestThread.block(5_000).address])
        let byteCount = (UInt(1) << (32 + Layout.midUnitShift)) + 5_000
        if let block = allocate(byteCount) {
          try demand(usableByteCount(block) >= byteCount, "\(usableByteCount(block)) bytes for \(byteCount)")
          deallocate(block)
        }
        try HeapLaw.checkEmpty(heap)
      }
    }

    @Test func remoteFreesComeBack() throws {
      try TestThread.runWithHeap { heap in
        var live: [UInt] = []
        for number in 0..<2_000 { live.append(try TestThread.block(UInt(1_100 + 37 * number)).address) }
        let units = heap.pointee.mid.liveUnitCount
        try TestThread.run(count: 4) { number in
          if number > 1 { _ = try TestThread.attachedHeap() }
          self.free(stride(from: number, to: live.count, by: 4).map { live[$0] })
        }
        try demand(heap.pointee.mid.liveUnitCount == units, "frees were taken before they were drained")
        heap.drain()
        try demand(heap.pointee.mid.liveUnitCount == 0, "\(heap.pointee.mid.liveUnitCount) units are still live")
        try HeapLaw.checkEmpty(heap)
      }
    }
  }
}
