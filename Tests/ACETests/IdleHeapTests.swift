// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Heaps that nobody uses") struct IdleHeapTests {
    private let idleTicks = 4

    private func run(_ body: @escaping (HeapPointer) throws -> Void) throws {
      try SavedSettings.runWithHeap { heap in
        Switch.idleTrim.isOn = true
        Knob.idleTicks.value = UInt64(self.idleTicks)
        try body(heap)
      }
    }

    private func free(_ addresses: some Sequence<UInt>) {
      for address in addresses { deallocate(UnsafeMutableRawPointer(bitPattern: address)) }
    }

    /// What a thread has left when it ended: its heap, one tiny block of every page or so, and a mid one of each few.
    private func leftHeap() throws -> (heap: HeapPointer, live: [UInt]) {
      nonisolated(unsafe) var heap: HeapPointer?
      nonisolated(unsafe) var live: [UInt] = []
      try TestThread.run {
        heap = try TestThread.attachedHeap()
        let blocks = try (0..<3_000).map { try TestThread.block([200, 48, 1000, 5_000][$0 % 4]).address }
        for (place, address) in blocks.enumerated() {
          if place % 60 < 4 { live.append(address) } else { self.free([address]) }
        }
      }
      guard let heap else { throw Finding(description: "no heap") }
      try demand(heap.pointee.isDormant, "the heap is not dormant")
      return (heap, live)
    }

    private func look(_ count: Int) { for _ in 0..<count { HeapRegistry.trimIdle(asleep: false, ticks: 1) } }

    /// After as many looks without use as the knob says, a dormant heap has no front, no empty slab and no empty page left.
    @Test func aDormantHeapIsTrimmedWhenItsTimeHasCome() throws {
      try run { _ in
        let (heap, live) = try self.leftHeap()
        let trimmed = heap.pointee.activity.trimmedPageCount
        // The first look only sees what there is.
        self.look(self.idleTicks)
        try demand(!heap.pointee.user.isTrimmed, "the heap was trimmed before its time")
        try demand(heap.pointee.activity.trimmedPageCount == trimmed, "pages went before their time")
        self.look(1)
        try demand(heap.pointee.user.isTrimmed, "the heap was not trimmed")
        try demand(heap.pointee.activity.trimmedPageCount > trimmed + 20, "hardly a page went")
        for number in 1...Layout.classCount {
          let front = heap.front(SizeClass(number: number)).pointee
          try demand(front.head == nil && front.current == 0, "the front of class \(number) is not empty")
        }
        try demand(heap.pointee.spareCount == 0, "spare slabs are left")
        try HeapLaw.check(heap, live: Set(live))
        // It is trimmed once.
        let after = heap.pointee.activity.trimmedPageCount
        self.look(3 * self.idleTicks)
        try demand(heap.pointee.activity.trimmedPageCount == after, "a heap was trimmed again that nobody had used")
        // What others free meanwhile is found, and trimmed when that has been quiet for as long.
        try TestThread.run { self.free(live) }
        self.look(2 * self.idleTicks + 2)
        try demand(ace_load(heap.inbox) == 0, "what came back was not looked at")
        try demand(HeapLaw.slabs(of: heap).isEmpty, "slabs without a live block are left")
        try HeapLaw.checkEmpty(heap)
      }
    }

    @Test func aHeapThatIsTakenOverIsNotTrimmed() throws {
      try run { _ in
        let (heap, live) = try self.leftHeap()
        let trimmed = heap.pointee.activity.trimmedPageCount
        try TestThread.run {
          deallocate(try TestThread.block(16))
          try demand(HeapPointer.ofThread == heap, "another heap was taken over")
          self.look(3 * self.idleTicks)
          try demand(!heap.pointee.user.isTrimmed, "the heap of a thread in use was trimmed")
        }
        try demand(heap.pointee.activity.trimmedPageCount == trimmed, "pages went")
        try TestThread.run {
          _ = try TestThread.attachedHeap()
          self.free(live)
          heap.flush()
        }
      }
    }

    @Test func aHeapThatIsUsedInBetweenIsNotTrimmed() throws {
      try run { _ in
        let (heap, live) = try self.leftHeap()
        for _ in 0..<5 {
          self.look(self.idleTicks)
          try TestThread.run {
            self.free([try TestThread.block(30_000).address])
            try demand(HeapPointer.ofThread == heap, "another heap was taken over")
          }
        }
        try demand(!heap.pointee.user.isTrimmed, "a heap in use was trimmed")
        try TestThread.run {
          _ = try TestThread.attachedHeap()
          self.free(live)
          heap.flush()
        }
      }
    }

    @Test func offNothingIsTrimmed() throws {
      try run { _ in
        Switch.idleTrim.isOn = false
        let (heap, live) = try self.leftHeap()
        let trimmed = heap.pointee.activity.trimmedPageCount
        self.look(4 * self.idleTicks)
        try demand(!heap.pointee.user.isTrimmed, "a heap was trimmed")
        try demand(heap.pointee.activity.trimmedPageCount == trimmed, "pages went")
        try TestThread.run {
          _ = try TestThread.attachedHeap()
          self.free(live)
          heap.flush()
        }
      }
    }

    /// The thread itself gives back empty pages of a class that it has not used for the ticks of both policies.
    @Test func aClassOfAThreadInUseIsTrimmed() throws {
      try run { heap in
        Switch.listShrink.isOn = true
        Knob.shrinkTicks.value = 3
        for _ in 0..<20 { heap.lookAfterClasses() }
        let blocks = try (0..<600).map { _ in try MarkedBlock(256 - Layout.blockPrefixByteCount) }
        let live = blocks.enumerated().filter { $0.offset % 50 == 0 }.map(\.element)
        let kept = Set(live.map(\.address))
        try MarkedBlock.free(blocks.filter { !kept.contains($0.address) })
        let trimmed = heap.pointee.activity.trimmedPageCount
        for _ in 0..<3 + self.idleTicks { heap.lookAfterClasses() }
        try demand(heap.pointee.activity.trimmedPageCount == trimmed, "pages went before their time")
        heap.lookAfterClasses()
        try demand(heap.pointee.activity.trimmedPageCount > trimmed, "no page went")
        let after = heap.pointee.activity.trimmedPageCount
        try HeapLaw.check(heap, live: kept)
        for _ in 0..<20 { heap.lookAfterClasses() }
        try demand(heap.pointee.activity.trimmedPageCount == after, "pages went again")
        try MarkedBlock.free(live)
        try HeapLaw.checkEmpty(heap)
      }
    }
  }
}
