// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Pieces of the gate") struct GatePieceTests {
    private static let hasMap: Bool = {
      HeapRegistry.begin()
      return LiveMap.reserve()
    }()

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func theMapKnowsWhatIsLive(seed: UInt64) throws {
      #expect(Self.hasMap)
      var randomness = Randomness(seed: seed)
      // A few grains, so that addresses meet; both ends of the span.
      for base in [Span.start, Span.start + Span.byteCount - 4096] {
        var model = Set<UInt>()
        for _ in 0..<2_000 {
          let address = base + randomness.below(256 as UInt) * 16
          switch randomness.below(3) {
          case 0:
            LiveMap.insert(address)
            model.insert(address)
          case 1: try demand(LiveMap.remove(address) == (model.remove(address) != nil), "\(address) is told wrongly")
          default:
            let distance = randomness.below(4096 as UInt)
            let interior = address + randomness.below(16 as UInt)
            let expected = model.filter { $0 <= interior && $0 + distance >= address }.max()
            let found = LiveMap.last(upTo: interior, distance: distance)
            try demand(found == expected, "\(String(describing: found)), not \(String(describing: expected))")
          }
          try demand(LiveMap.contains(address) == model.contains(address), "\(address) is told wrongly")
          try demand(!LiveMap.contains(address + 8) && !LiveMap.remove(address + 8), "an interior address is live")
        }
        for address in model { #expect(LiveMap.remove(address)) }
      }
    }

    @Test func theMapKnowsHugeBlocks() throws {
      #expect(Self.hasMap)
      guard let block = HugeHeap.allocate(5000, alignment: 4096) else { throw Finding(description: "no memory") }
      LiveMap.insert(block.address)
      #expect(LiveMap.contains(block.address))
      #expect(!LiveMap.contains(block.address + 16))
      #expect(LiveMap.remove(block.address))
      #expect(HugeHeap.deallocate(block.address))
      #expect(!LiveMap.contains(block.address))
      #expect(!LiveMap.remove(block.address))
    }

    /// Two threads free the same blocks: each block is given to one of them.
    @Test func oneOfTwoThreadsRemovesABlock() throws {
      #expect(Self.hasMap)
      let addresses = (0..<20_000 as Range<UInt>).map { Span.start + $0 * 16 }
      for address in addresses { LiveMap.insert(address) }
      let counts = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
      counts.initialize(to: 0)
      nonisolated(unsafe) let removed = counts
      defer { counts.deallocate() }
      try TestThread.run(count: 2) { _ in
        for address in addresses where LiveMap.remove(address) { ace_add(removed, 1) }
      }
      #expect(counts.pointee == UInt64(addresses.count))
    }

    /// Every length of a block, every length of an overflow, and no false alarm.
    @Test func oneByteTooMuchIsSeen() throws {
      let memory = UnsafeMutableRawPointer.allocate(byteCount: 256, alignment: 16)
      defer { memory.deallocate() }
      for usable in stride(from: 16, through: 256, by: 16) as StrideThrough<UInt> {
        for byteCount in 0...usable - RedZone.leastByteCount {
          memset(memory, 0, 256)
          RedZone.draw(memory, byteCount, usable)
          memset(memory, 0xff, Int(byteCount))
          try demand(RedZone.isIntact(memory, usable), "a false alarm for \(byteCount) of \(usable) bytes")
          try demand(RedZone.requestedByteCount(memory, usable) == byteCount, "the request's size is lost")
          for value in [0, 1, 0xff] as [UInt8] {
            for excess in 1...usable - byteCount {
              RedZone.draw(memory, byteCount, usable)
              memset(memory + Int(byteCount), Int32(value), Int(excess))
              try demand(
                !RedZone.isIntact(memory, usable), "\(excess) bytes of \(value) behind \(byteCount) were missed")
            }
          }
          for place in byteCount..<usable - 8 {
            RedZone.draw(memory, byteCount, usable)
            let byte = memory.load(fromByteOffset: Int(place), as: UInt8.self)
            memory.storeBytes(of: byte ^ 1, toByteOffset: Int(place), as: UInt8.self)
            try demand(!RedZone.isIntact(memory, usable), "a write at \(place), behind \(byteCount), was missed")
          }
        }
      }
    }

    /// What was freed first is used again first, and not before many more have been freed.
    @Test func theQuarantineIsAQueue() throws {
      func block(_ number: Int) -> UnsafeMutableRawPointer { BlockPointer(at: 1 << 50 + UInt(number) * 16).raw }
      // What was there before comes out first.
      var capacity = 0
      while Quarantine.exchange(block(capacity), 64) != block(0) { capacity += 1 }
      // 16 KiB of pointers.
      #expect(capacity == 2_048)
      for number in 1..<3 * capacity {
        let released = Quarantine.exchange(block(capacity + number), 4096)
        try demand(released == block(number), "\(String(describing: released)) came out, not block \(number)")
      }
      let large = block(1 << 20)
      #expect(Quarantine.exchange(large, 4097) == large)
      #expect(Quarantine.exchange(block(0), 16) == block(3 * capacity))
    }

    @Test func neighboursOfTinyBlocks() throws {
      try TestThread.runWithHeap { heap in
        for number in 1...Layout.classCount {
          let size = SizeClass(number: number).blockByteCount
          let blocks = try (0..<9).map { _ in try TestThread.block(size).address }.sorted()
          for address in blocks {
            let slab = Slab(containing: address)
            let lowest = slab.start + (slab.capacity - UInt(slab.record.pointee.carved)) * size
            let before = Neighbour.before(address)?.address
            try demand(before == (address > lowest ? address - size : nil), "\(address) has \(before ?? 0) before it")
            if let before { try demand(Slab(containing: before) == slab, "a neighbour of another slab") }
          }
          for address in blocks { deallocate(BlockPointer(at: address).raw) }
        }
        try HeapLaw.checkEmpty(heap)
      }
    }

    @Test func neighboursOfMidBlocks() throws {
      try TestThread.runWithHeap { heap in
        let blocks = try (0..<4).map { _ in try TestThread.block(20_000).address }
        for (former, address) in zip(blocks, blocks.dropFirst()) where former < address {
          try demand(Neighbour.before(address)?.address == former, "\(address) does not find its neighbour")
        }
        try demand(Neighbour.before(blocks[0]) == nil, "the first of a superslab has a neighbour")
        // Another thread's blocks are not looked at.
        try TestThread.runWithHeap { _ in
          try demand(Neighbour.before(blocks[1]) == nil, "another heap's block was looked at")
        }
        deallocate(BlockPointer(at: blocks[1]).raw)
        heap.flush()
        try demand(Neighbour.before(blocks[2]) == nil, "a free run is a neighbour")
        for address in [blocks[0], blocks[2], blocks[3]] { deallocate(BlockPointer(at: address).raw) }
        try HeapLaw.checkEmpty(heap)
      }
    }
  }
}
