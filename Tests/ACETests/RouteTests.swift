// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Routes") struct RouteTests {
    /// Runs on a route from the thread's first block to its last, as a process would.
    private func run(_ route: Route, _ body: @escaping (HeapPointer) throws -> Void) throws {
      try SavedSettings.runWithHeap { heap in
        Route.current = route
        try body(heap)
        try HeapLaw.checkEmpty(heap)
      }
    }

    private func checkFronts(of heap: HeapPointer) throws {
      for number in 1...Layout.classCount {
        let front = heap.front(SizeClass(number: number)).pointee
        try demand(front.head == nil && front.current == 0, "the front of class \(number) is not empty")
      }
    }

    /// Without fronts nothing is ever in one, and slabs still come and go as they should.
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func poolOnlyLeavesFrontsEmpty(seed: UInt64) throws {
      try run(.poolOnly) { heap in
        var randomness = Randomness(seed: seed)
        let limit = [64, 1024, 16, 1024, 300, 40_000][Int(seed - 1)] as UInt
        Switch.warmPool.isOn = seed % 2 == 0
        Knob.keepSlabs.value = seed % 3
        var live: [MarkedBlock] = []
        for step in 0..<16_000 {
          if live.isEmpty || randomness.below(16) < [12, 4, 8, 3][step / 2_000 % 4] {
            live.append(try MarkedBlock(1 + randomness.below(limit)))
          } else {
            try randomness.remove(from: &live).free()
          }
          switch randomness.below(1_500) {
          case 0: heap.trim()
          case 1: heap.lookAfterClasses()
          case 2: heap.flush()
          case 3 where !live.isEmpty:
            let remote = randomness.remove(from: &live)
            try TestThread.run { try remote.free() }
          default: break
          }
          if step % 1_000 == 999 {
            heap.drain()
            try self.checkFronts(of: heap)
            try HeapLaw.check(heap, live: Set(live.map(\.address)))
            Invariants.check()
            for block in live { try block.check() }
          }
        }
        try MarkedBlock.free(live)
        try self.checkFronts(of: heap)
      }
    }

    /// Every block of a slab can be had, once.
    @Test(arguments: [1, 7, 32, 64])
    func poolOnlyHasEveryBlock(number: Int) throws {
      try run(.poolOnly) { heap in
        let sizeClass = SizeClass(number: number)
        let first = try MarkedBlock(sizeClass.blockByteCount - Layout.blockPrefixByteCount)
        let slab = Slab(containing: first.address)
        var blocks = [first]
        while UInt(blocks.count) < slab.capacity {
          blocks.append(try MarkedBlock(sizeClass.blockByteCount - Layout.blockPrefixByteCount))
        }
        try demand(blocks.allSatisfy { Slab(containing: $0.address) == slab }, "a slab was left before it was full")
        try demand(Set(blocks.map(\.address)).count == blocks.count, "a block was handed out twice")
        try HeapLaw.check(heap, live: Set(blocks.map(\.address)))
        try MarkedBlock.free(blocks)
      }
    }

    @Test func tinyOnlyServesMidSizesInPages() throws {
      try run(.tinyOnly) { heap in
        let mid = heap.pointee.mid.allocationCount
        let blocks = try [1025, 4096, 5_000, 32_768, 131_072].map { try MarkedBlock($0) }
        for block in blocks {
          try demand(Span.large.contains(block.address), "\(block.byteCount) bytes are not in the large layer")
          try demand(block.byteCount % Layout.pageByteCount == 0, "\(block.byteCount) bytes are no whole pages")
        }
        let tiny = try MarkedBlock(1024 - Layout.blockPrefixByteCount)
        try demand(Span.tiny.contains(tiny.address), "a tiny block is elsewhere")
        guard let aligned = allocate(3_000, alignment: 2_048) else { throw Finding(description: "no memory") }
        try demand(Span.large.contains(aligned.address) && aligned.address % 2_048 == 0, "an aligned one is elsewhere")
        deallocate(aligned)
        try demand(heap.pointee.mid.allocationCount == mid, "the layer between was asked")
        try MarkedBlock.free(blocks + [tiny])
      }
    }

    @Test func tinyFirstServesMidSizesInRuns() throws {
      try run(.tinyFirst) { _ in
        let blocks = try [1025, 4096, 5_000, 32_768, 131_072].map { try MarkedBlock($0) }
        for block in blocks { try demand(Span.mid.contains(block.address), "\(block.byteCount) bytes are elsewhere") }
        try MarkedBlock.free(blocks)
      }
    }
  }
}
