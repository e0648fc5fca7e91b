// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Switches that are a matter of one decision") struct SwitchTests {
    private func postedCounts(_ blockCount: Int, _ byteCount: UInt) throws -> (
      blocks: UInt64, batches: UInt64, waiting: Int
    ) {
      nonisolated(unsafe) var counts = (blocks: UInt64(0), batches: UInt64(0), waiting: 0)
      try SavedSettings.runWithHeap { heap in
        let blocks = try (0..<blockCount).map { _ in try MarkedBlock(byteCount) }
        try TestThread.runWithHeap { other in
          let before = (other.pointee.outbox.postedBlockCount, other.pointee.outbox.batchCount)
          try MarkedBlock.free(blocks)
          counts.blocks = other.pointee.outbox.postedBlockCount - before.0
          counts.batches = other.pointee.outbox.batchCount - before.1
          counts.waiting = other.pointee.outbox.count
        }
        heap.drain()
        try HeapLaw.check(heap, live: [])
        try HeapLaw.checkEmpty(heap)
      }
      return counts
    }

    /// Runs with settings that are set back.
    private func with(_ settings: () -> Void, _ body: () throws -> Void) throws {
      let (bits, count, bytes) = (Switch.onBits, Outbox.countLimit, Outbox.byteLimit)
      defer { (Switch.onBits, Outbox.countLimit, Outbox.byteLimit) = (bits, count, bytes) }
      settings()
      try body()
    }

    @Test(arguments: [16, 48, 1000, 5000] as [UInt])
    func withoutBatchesEveryRemoteFreeIsPosted(byteCount: UInt) throws {
      try with {
        Switch.remoteBatch.isOn = false
      } _: {
        let counts = try postedCounts(100, byteCount)
        #expect(counts.blocks == 100)
        #expect(counts.batches == 100)
        #expect(counts.waiting == 0)
      }
    }

    /// Batches end by their count or by their bytes, whichever comes first.
    @Test(arguments: [
      (48, 10, 1 << 20, 10), (48, 1, 1 << 20, 1), (48, 1024, 480, 10), (48, 1024, 481, 11), (48, 100, 16, 1),
    ])
    func batchesAreAsLongAsTheKnobsSay(_ byteCount: UInt, _ blocks: UInt64, _ bytes: UInt64, _ expected: UInt64) throws
    {
      try with {
        Switch.remoteBatch.isOn = true
        Knob.outboxBlocks.value = blocks
        Knob.outboxBytes.value = bytes
      } _: {
        // All of one slab.
        let counts = try postedCounts(100, byteCount)
        #expect(counts.batches == 100 / expected)
        #expect(counts.waiting == Int(100 % expected))
        #expect(counts.blocks == 100 - 100 % expected)
      }
    }

    /// Off, no superslab asks for huge pages; on, those between the knob and the limit do.
    @Test func hugePagesAreAskedForWhereTheSwitchIsOn() throws {
      let (bits, small) = (Switch.onBits, SuperslabPool.smallPageSuperslabCount)
      defer { (Switch.onBits, SuperslabPool.smallPageSuperslabCount) = (bits, small) }
      Knob.smallPageSuperslabs.value = 3
      Switch.hugePages.isOn = true
      #expect((0..<5).map { SuperslabPool.mayHaveHugePages($0) } == [false, false, false, true, true])
      #expect(SuperslabPool.mayHaveHugePages(511) && !SuperslabPool.mayHaveHugePages(512))
      Switch.hugePages.isOn = false
      #expect((0..<600).allSatisfy { !SuperslabPool.mayHaveHugePages($0) })
    }

    /// A miss takes a block of the next larger class whose front has one, where the switch is on; else a page of its own.
    @Test(arguments: [true, false])
    func borrowing(isOn: Bool) throws {
      try SavedSettings.runWithHeap { heap in
        Switch.refillOne.isOn = isOn
        heap.pointee.borrowed[32] = 0
        let larger = try MarkedBlock(33 * 16 - Layout.blockPrefixByteCount)
        let smaller = try MarkedBlock(32 * 16 - Layout.blockPrefixByteCount)
        let lender = Slab(containing: smaller.address).sizeClass.number
        try demand(lender == (isOn ? 33 : 32), "the block is of class \(lender)")
        try demand(heap.pointee.counters[32].slabs == (isOn ? 0 : 1), "the class has a slab of its own")
        try MarkedBlock.free([larger, smaller])
        try HeapLaw.checkEmpty(heap)
      }
    }

    @Test(arguments: [0, 1, 5] as [UInt64])
    func borrowingEndsAtItsLimit(limit: UInt64) throws {
      try SavedSettings.runWithHeap { heap in
        Switch.refillOne.isOn = true
        Knob.borrowLimit.value = limit
        heap.pointee.borrowed[16] = 0
        let lenders = try (0..<14).map { _ in try MarkedBlock(17 * 16) }
        try MarkedBlock.free(lenders)
        let blocks = try (0..<Int(limit) + 3).map { _ in try MarkedBlock(16 * 16) }
        let numbers = blocks.map { Slab(containing: $0.address).sizeClass.number }
        try demand(
          numbers == [Int](repeating: 17, count: Int(limit)) + [16, 16, 16], "blocks are of classes \(numbers)")
        try MarkedBlock.free(blocks)
        try HeapLaw.checkEmpty(heap)
      }
    }

    @Test func eachIsFoundByItsNameAndTurnsAlone() {
      let bits = Switch.onBits
      defer { Switch.onBits = bits }
      for number in 0..<Switch.count {
        guard let policy = Switch(rawValue: number) else {
          Issue.record("switch \(number) is missing")
          continue
        }
        let name = "\(policy.name)"
        #expect(name.withCString { Switch(name: TextSlice($0)) } == policy)
        #expect((name + "x").withCString { Switch(name: TextSlice($0)) } == nil)
        #expect(String(name.dropLast()).withCString { Switch(name: TextSlice($0)) } == nil)
        for value in [true, false, true] {
          let others = Switch.onBits & ~policy.bit
          policy.isOn = value
          #expect(policy.isOn == value)
          #expect(Switch.onBits & ~policy.bit == others, "\(name) has moved another")
        }
      }
      #expect(Switch(rawValue: Switch.count) == nil)
    }
  }
}
