// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Frees by other threads") struct RemoteFreeTests {
    private func blocks(_ count: Int, of byteCounts: [UInt]) throws -> [UInt] {
      try (0..<count).map { try TestThread.block(byteCounts[$0 % byteCounts.count]).address }
    }

    private func free(_ addresses: some Sequence<UInt>) {
      for address in addresses { deallocate(UnsafeMutableRawPointer(bitPattern: address)) }
    }

    @Test func aRemoteFreeWaitsForItsBatch() throws {
      try TestThread.runWithHeap { heap in
        let blocks = try self.blocks(10, of: [64])
        try TestThread.runWithHeap { other in
          try demand(other != heap, "two threads have one heap")
          self.free(blocks)
          try demand(other.pointee.outbox.count == 10, "\(other.pointee.outbox.count) blocks wait")
          try demand(ace_load(heap.inbox) == 0, "they were posted one by one")
          other.pointee.outbox.postAll()
          try demand(other.pointee.outbox.count == 0, "blocks still wait")
          try demand(ace_load(heap.inbox) != 0, "the owner was not told")
        }
        try HeapLaw.check(heap, live: Set(blocks))
        let counted = heap.pointee.counters[4].remoteFrees
        heap.drain()
        try demand(heap.pointee.counters[4].remoteFrees == counted + 10, "remote frees are not counted")
        try HeapLaw.check(heap, live: [])
        try HeapLaw.checkEmpty(heap)
      }
    }

    /// A thread that has no heap gets none for freeing.
    @Test func aThreadThatOnlyFreesHasNoHeap() throws {
      try TestThread.runWithHeap { heap in
        let blocks = try self.blocks(300, of: [16, 1000, 5000])
        let heapCount = HeapRegistry.count
        try TestThread.run {
          self.free(blocks)
          try demand(HeapPointer.ofThread.isEmpty, "a heap was attached")
        }
        try demand(HeapRegistry.count == heapCount, "a heap was made")
        heap.drain()
        try HeapLaw.check(heap, live: [])
        try HeapLaw.checkEmpty(heap)
      }
    }

    /// Blocks of slabs in every state, freed in turn by the owner and by others.
    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func ownerAndOthersFree(seed: UInt64) throws {
      try TestThread.runWithHeap { heap in
        var randomness = Randomness(seed: seed)
        let byteCounts: [UInt] = seed % 2 == 0 ? [1024, 512, 2000, 40_000] : [48, 64]
        var live: [UInt] = []
        for round in 0..<12 {
          live += try self.blocks(2_000, of: byteCounts)
          var (own, others) = ([UInt](), [UInt]())
          for _ in 0..<[500, 2_500, 1_900, 2_900][round % 4] {
            guard !live.isEmpty else { break }
            let address = randomness.remove(from: &live)
            if randomness.below(3) == 0 { own.append(address) } else { others.append(address) }
          }
          let thread = TestThread { [others] in
            _ = try TestThread.attachedHeap()
            self.free(others)
          }
          self.free(own)
          try thread.join()
          if round % 2 == 0 { heap.drain() } else { heap.flush() }
          try HeapLaw.check(heap, live: Set(live))
          Invariants.check()
        }
        self.free(live)
        try HeapLaw.checkEmpty(heap)
      }
    }

    /// The owner allocates, frees and drains while four threads free what it has handed out.
    @Test(arguments: 1...2 as ClosedRange<UInt64>)
    func theOwnerGoesOnMeanwhile(seed: UInt64) throws {
      try TestThread.runWithHeap { heap in
        let threadCount = 4
        let blocks = try self.blocks(24_000, of: [16, 48, 48, 256, 1024, 3000])
        let threads = (0..<threadCount).map { number in
          TestThread {
            if number % 2 == 0 { _ = try TestThread.attachedHeap() }
            self.free(stride(from: number, to: blocks.count, by: threadCount).map { blocks[$0] })
          }
        }
        var randomness = Randomness(seed: seed)
        var own = Set<UInt>()
        for step in 0..<12_000 {
          let address = try TestThread.block(1 + randomness.below(1024)).address
          try demand(own.insert(address).inserted, "a live block was handed out")
          if own.count > 500, let victim = own.first {
            own.remove(victim)
            self.free([victim])
          }
          if step % 1_000 == 0 { heap.drain() }
          if step % 1_000 == 500 { heap.checkInvariants() }
        }
        for thread in threads { try thread.join() }
        heap.drain()
        try HeapLaw.check(heap, live: own)
        self.free(own)
        try HeapLaw.checkEmpty(heap)
      }
    }
  }
}
