// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Heaps of threads that have ended") struct HeapRegistryTests {
    private func free(_ addresses: some Sequence<UInt>) {
      for address in addresses { deallocate(UnsafeMutableRawPointer(bitPattern: address)) }
    }

    @Test func theNextThreadTakesTheHeapOver() throws {
      try TestThread.runWithHeap { _ in }
      let (count, dormant, adoptions) = (HeapRegistry.count, HeapRegistry.dormantCount, HeapRegistry.adoptionCount)
      try demand(dormant > 0, "the heap of a thread that has ended is not dormant")
      nonisolated(unsafe) var former: HeapPointer?
      nonisolated(unsafe) var live: [UInt] = []
      try TestThread.run {
        try demand(HeapPointer.ofThread.isEmpty, "a thread begins with a heap")
        for _ in 0..<1_000 { live.append(try TestThread.block(80).address) }
        former = HeapPointer.ofThread
        try demand(HeapRegistry.dormantCount == dormant - 1, "a heap in use is dormant")
        try demand(!HeapPointer.ofThread.pointee.isDormant, "a heap in use is marked as dormant")
      }
      #expect(former?.pointee.isDormant == true)
      #expect(HeapRegistry.count == count)
      #expect(HeapRegistry.dormantCount == dormant)
      #expect(HeapRegistry.adoptionCount == adoptions + 1)
      let blocks = live
      try TestThread.run {
        HeapRegistry.begin()
        guard let heap = HeapRegistry.attach() else { throw Finding(description: "no heap") }
        try demand(heap == former, "another heap was made, or taken over")
        try HeapLaw.check(heap, live: Set(blocks))
        // What the dead thread has left is this thread's own.
        self.free(blocks)
        try demand(heap.pointee.outbox.count == 0, "own blocks were posted")
        try HeapLaw.check(heap, live: [])
        try HeapLaw.checkEmpty(heap)
      }
      #expect(HeapRegistry.count == count)
      #expect(HeapRegistry.adoptionCount == adoptions + 2)
    }

    @Test func blocksOfDeadThreadsComeBack() throws {
      try TestThread.runWithHeap { heap in
        nonisolated(unsafe) var former: HeapPointer?
        nonisolated(unsafe) var live: [UInt] = []
        try TestThread.run {
          former = try TestThread.attachedHeap()
          for number in 0..<3_000 { live.append(try TestThread.block([200, 1024, 3000, 70_000][number % 4]).address) }
        }
        guard let former else { throw Finding(description: "no heap") }
        try demand(former != heap, "two threads have one heap")
        let tinyCount = live.count { Span.tiny.contains($0) }
        let free = SuperslabPool.freeSlabCount
        self.free(live)
        heap.pointee.outbox.postAll()
        // Before the pool makes another superslab it looks at what the dead have left.
        HeapRegistry.reclaimFromDormantHeaps()
        try demand(ace_load(former.inbox) == 0, "a dormant heap was not drained")
        let least = UInt(tinyCount) * 600 / Layout.slabByteCount
        try demand(
          SuperslabPool.freeSlabCount > free + least - 4, "\(SuperslabPool.freeSlabCount - free) slabs came back")
        try HeapLaw.check(former, live: [])
        try TestThread.run {
          HeapRegistry.begin()
          guard let heap = HeapRegistry.attach() else { throw Finding(description: "no heap") }
          try demand(heap == former, "the dormant heap was not taken over")
          try HeapLaw.checkEmpty(heap)
        }
      }
    }

    /// More threads at once than there are dormant heaps, again and again: no more heaps are made than threads at once.
    @Test func heapsAreAsManyAsThreadsAtOnce() throws {
      let before = HeapRegistry.count
      for round in 0..<5 {
        try TestThread.run(count: 8) { number in
          let heap = try TestThread.attachedHeap()
          var live: [UInt] = []
          for _ in 0..<400 { live.append(try TestThread.block(UInt(16 + 16 * number + round)).address) }
          self.free(live)
          try HeapLaw.checkEmpty(heap)
        }
      }
      #expect(HeapRegistry.count <= max(before, 8))
      #expect(HeapRegistry.dormantCount == HeapRegistry.count)
      var seen: UInt64 = 0
      HeapRegistry.forEach { heap in
        seen += 1
        if !heap.pointee.isDormant { seen += 1_000 }
      }
      #expect(seen == HeapRegistry.count)
    }

    /// A destructor of another key may allocate after ACE's has run: it borrows a heap for that call.
    @Test func allocatingAfterTheHeapIsGone() throws {
      try TestThread.runWithHeap { _ in }
      let (count, dormant) = (HeapRegistry.count, HeapRegistry.dormantCount)
      try TestThread.run {
        let heap = try TestThread.attachedHeap()
        let block = try TestThread.block(100)
        deallocate(block)
        HeapRegistry.detach(heap)
        ace_thread_key_set(nil)
        try demand(HeapRegistry.isThreadEnding, "a thread that was told to end does not know")
        let late = try TestThread.block(100)
        try demand(Slab(containing: late.address).record.pointee.owner == heap, "another heap was borrowed")
        try demand(HeapRegistry.isThreadEnding && heap.pointee.isDormant, "the heap was not put back")
        deallocate(late)
      }
      // The next thread has the heap, and what was freed since.
      try TestThread.runWithHeap { heap in
        heap.flush()
        try HeapLaw.checkEmpty(heap)
      }
      #expect(HeapRegistry.count == count)
      #expect(HeapRegistry.dormantCount == dormant)
    }
  }
}
