// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Lists of classes that are not in use") struct ListShrinkTests {
    private let shrinkTicks = 5

    private func run(_ body: @escaping (HeapPointer) throws -> Void) throws {
      try SavedSettings.runWithHeap { heap in
        Switch.listShrink.isOn = true
        Switch.idleTrim.isOn = false
        Knob.shrinkTicks.value = UInt64(self.shrinkTicks)
        // What the heap's last user has left behind.
        for _ in 0...2 * self.shrinkTicks { heap.lookAfterClasses() }
        try body(heap)
      }
    }

    private func free(_ addresses: some Sequence<UInt>) {
      for address in addresses { deallocate(UnsafeMutableRawPointer(bitPattern: address)) }
    }

    private func blocks(_ sizeClass: SizeClass, count: Int) throws -> [UInt] {
      try (0..<count).map { _ in
        try TestThread.block(sizeClass.blockByteCount - Layout.blockPrefixByteCount).address
      }
    }

    private func counters(_ heap: HeapPointer, _ sizeClass: SizeClass) -> ClassCounters {
      heap.pointee.counters[sizeClass.number]
    }

    /// The list goes back at the tick that the knob says, not before, and is used again afterwards.
    @Test(arguments: [1, 2, 4, 7, 16, 33, 48, 63, 64])
    func anUnusedListGoesBackToItsSlab(number: Int) throws {
      try run { heap in
        let sizeClass = SizeClass(number: number)
        var live = Set(try self.blocks(sizeClass, count: 3))
        while heap.front(sizeClass).pointee.head == nil { live.formUnion(try self.blocks(sizeClass, count: 1)) }
        let slab = heap.currentSlab(sizeClass)
        let free = slab.map { HeapLaw.freeBlocks(of: $0, in: heap) } ?? []
        try demand(!free.isEmpty, "the front has no list")
        let before = self.counters(heap, sizeClass).shrunkLists
        // The first look only sees what there is.
        for _ in 0..<self.shrinkTicks {
          heap.lookAfterClasses()
          try demand(heap.front(sizeClass).pointee.head != nil, "the list went back before its time")
        }
        heap.lookAfterClasses()
        try demand(heap.front(sizeClass).pointee.head == nil, "the list did not go back")
        try demand(heap.front(sizeClass).pointee.current == 0, "the front still has a slab")
        try demand(self.counters(heap, sizeClass).shrunkLists == before + 1, "the list is not counted")
        try demand(slab?.record.pointee.state == .open, "the slab does not wait as the open one")
        try demand(
          slab.map { Set(HeapLaw.freeBlocks(of: $0, in: heap)) } == Set(free), "not all blocks went back to the slab")
        try HeapLaw.check(heap, live: live)
        // It is given back once.
        for _ in 0..<4 * self.shrinkTicks { heap.lookAfterClasses() }
        try demand(self.counters(heap, sizeClass).shrunkLists == before + 1, "an empty list was given back")
        // The next block comes from where the list went.
        let next = try self.blocks(sizeClass, count: 1)[0]
        try demand(free.contains(next), "the next block is of another slab")
        try HeapLaw.check(heap, live: live.union([next]))
        self.free(live.union([next]))
        try HeapLaw.checkEmpty(heap)
      }
    }

    /// A slab all of whose blocks are free is not kept for a list that nobody uses, where no class keeps slabs.
    @Test func anEmptySlabLeavesWithItsList() throws {
      try run { heap in
        Knob.keepSlabs.value = 0
        let sizeClass = SizeClass(number: 9)
        self.free(try self.blocks(sizeClass, count: 3))
        let released = self.counters(heap, sizeClass).returnedSlabs
        for _ in 0...self.shrinkTicks { heap.lookAfterClasses() }
        try demand(self.counters(heap, sizeClass).slabs == 0, "the slab is still the class's")
        try demand(self.counters(heap, sizeClass).returnedSlabs == released + 1, "the slab was not given back")
        try HeapLaw.checkEmpty(heap)
      }
    }

    /// Whatever a class does, it is not left alone for long enough.
    @Test(arguments: ["allocates", "frees", "refills", "takes back", "lends"])
    func aUsedListStays(use: String) throws {
      try run { heap in
        Switch.refillOne.isOn = use == "lends"
        let sizeClass = SizeClass(number: 18)
        let smaller = SizeClass(number: 17)
        heap.pointee.borrowed[17] = 0
        var live = try self.blocks(sizeClass, count: 40)
        self.free(live.suffix(20))
        live.removeLast(20)
        let before = self.counters(heap, sizeClass).shrunkLists
        for _ in 0..<6 {
          for _ in 0..<self.shrinkTicks { heap.lookAfterClasses() }
          switch use {
          case "allocates": live += try self.blocks(sizeClass, count: 1)
          case "frees": self.free([live.removeLast()])
          case "refills": live += try self.blocks(sizeClass, count: 500)
          case "takes back":
            let remote = live.removeLast()
            try TestThread.run { self.free([remote]) }
            heap.drain()
          default:
            let borrowed = heap.pointee.borrowed[smaller.number]
            live += try self.blocks(smaller, count: 1)
            try demand(heap.pointee.borrowed[smaller.number] == borrowed + 1, "nothing was borrowed")
          }
        }
        try demand(self.counters(heap, sizeClass).shrunkLists == before, "a list in use was given back")
        try demand(heap.front(sizeClass).pointee.current != 0, "the front has no slab any more")
        self.free(live)
        try HeapLaw.checkEmpty(heap)
      }
    }

    @Test func offNothingGoesBack() throws {
      try run { heap in
        Switch.listShrink.isOn = false
        let sizeClass = SizeClass(number: 6)
        let live = try self.blocks(sizeClass, count: 3)
        let head = heap.front(sizeClass).pointee.head
        let before = self.counters(heap, sizeClass).shrunkLists
        for _ in 0..<8 * self.shrinkTicks { heap.lookAfterClasses() }
        try demand(heap.front(sizeClass).pointee.head == head, "the list has changed")
        try demand(self.counters(heap, sizeClass).shrunkLists == before, "a list was given back")
        self.free(live)
        try HeapLaw.checkEmpty(heap)
      }
    }

    /// A list is regretted when it is asked for within as many ticks again as it had waited; later it was for good.
    @Test(arguments: [(0, true), (4, true), (5, false), (20, false)])
    func aListThatIsSoonAskedForIsRegretted(ticks: Int, isRegretted: Bool) throws {
      try run { heap in
        let sizeClass = SizeClass(number: 12)
        var live = try self.blocks(sizeClass, count: 3)
        let (shrunk, regretted) = (
          self.counters(heap, sizeClass).shrunkLists, self.counters(heap, sizeClass).regrettedLists
        )
        for _ in 0...self.shrinkTicks + ticks { heap.lookAfterClasses() }
        try demand(self.counters(heap, sizeClass).shrunkLists == shrunk + 1, "the list did not go back")
        live += try self.blocks(sizeClass, count: 1)
        heap.lookAfterClasses()
        let count = self.counters(heap, sizeClass).regrettedLists - regretted
        try demand(count == (isRegretted ? 1 : 0), "\(count) lists are regretted")
        // Once.
        live += try self.blocks(sizeClass, count: 1)
        heap.lookAfterClasses()
        try demand(self.counters(heap, sizeClass).regrettedLists - regretted == count, "it is regretted twice")
        self.free(live)
        try HeapLaw.checkEmpty(heap)
      }
    }

    /// What was never given back cannot be regretted: a class whose list was used up when its time had come.
    @Test func anEmptyListIsNotRegretted() throws {
      try run { heap in
        let sizeClass = SizeClass(number: 20)
        var live = try self.blocks(sizeClass, count: 1)
        while heap.front(sizeClass).pointee.head != nil { live += try self.blocks(sizeClass, count: 1) }
        let before = self.counters(heap, sizeClass)
        for _ in 0...self.shrinkTicks { heap.lookAfterClasses() }
        live += try self.blocks(sizeClass, count: 1)
        heap.lookAfterClasses()
        try demand(self.counters(heap, sizeClass).shrunkLists == before.shrunkLists, "an empty list was given back")
        try demand(self.counters(heap, sizeClass).regrettedLists == before.regrettedLists, "it is regretted")
        self.free(live)
        try HeapLaw.checkEmpty(heap)
      }
    }

    /// Time that is decided to be shorter while a class waits has passed for it too.
    @Test func ticksThatBecomeFewerPassAllTheSame() throws {
      try run { heap in
        let sizeClass = SizeClass(number: 5)
        let live = try self.blocks(sizeClass, count: 3)
        let before = self.counters(heap, sizeClass).shrunkLists
        for _ in 0..<self.shrinkTicks { heap.lookAfterClasses() }
        Knob.shrinkTicks.value = 2
        for _ in 0..<self.shrinkTicks { heap.lookAfterClasses() }
        try demand(self.counters(heap, sizeClass).shrunkLists == before + 1, "the list was forgotten")
        self.free(live)
        try HeapLaw.checkEmpty(heap)
      }
    }
  }
}
