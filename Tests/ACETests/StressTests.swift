// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Many threads at once") struct StressTests {
    private static let threadCount = 8
    private static let slotCount = 64

    /// Threads allocate, resize, free, and swap blocks through shared slots; every block is checked by whoever has it. Threads
    /// end with blocks in the slots, which others free.
    @Test func blocksAreHandedAcross() throws {
      let slots = UnsafeMutablePointer<UInt64>.allocate(capacity: Self.slotCount)
      slots.initialize(repeating: 0, count: Self.slotCount)
      nonisolated(unsafe) let shared = slots
      defer { slots.deallocate() }
      for round in 0..<3 as Range<UInt64> {
        try TestThread.run(count: Self.threadCount) { number in
          try Self.work(Randomness(seed: round << 8 | UInt64(number)), shared)
        }
      }
      try TestThread.run {
        for slot in 0..<Self.slotCount { try Self.free(UInt(ace_exchange(shared + slot, 0))) }
      }
      try checkThatNothingIsLeft()
    }

    private static func work(_ seeded: Randomness, _ slots: UnsafeMutablePointer<UInt64>) throws {
      var randomness = seeded
      var live: [StressBlock] = []
      for step in 0..<6_000 {
        switch randomness.below(16) {
        case 0...6 where live.count < 300: live.append(try allocated(&randomness))
        case 7...10:
          let mine = live.isEmpty ? 0 : randomness.remove(from: &live).address
          let other = UInt(ace_exchange(slots + randomness.below(slotCount), UInt64(mine)))
          if other != 0 {
            let block = StressBlock(at: other)
            try block.check()
            live.append(block)
          }
        case 11 where !live.isEmpty: live.append(try resized(randomness.remove(from: &live), &randomness))
        default: if !live.isEmpty { try free(randomness.remove(from: &live).address) }
        }
        if step % 1_500 == 1_499 {
          Invariants.check()
          try lookAtStatistics()
        }
        if step == 4_000, randomness.below(3) == 0 { _ = trim() }
      }
      for block in live { try free(block.address) }
      Invariants.check()
    }

    /// Other threads go on meanwhile: what can be said of the figures is little, but they are read as programs do.
    private static func lookAtStatistics() throws {
      var statistics = ace_statistics()
      Statistics.fill(&statistics)
      try demand(statistics.heap_count > 0, "there is no heap")
      try demand(statistics.superslab_count > 0 && statistics.carved_block_count > 0, "there is no slab")
    }

    private static func size(_ randomness: inout Randomness) -> UInt {
      let limit: UInt
      switch randomness.below(1_000) {
      case 0: limit = Layout.largeLimit + (1 << 20)
      case 1...10: limit = 2 << 20
      case 11...150: limit = Layout.midLimit
      default: limit = Layout.tinyLimit
      }
      return max(StressBlock.leastByteCount, randomness.anyMagnitude(upTo: limit))
    }

    private static func allocated(_ randomness: inout Randomness) throws -> StressBlock {
      let byteCount = size(&randomness)
      let block: UnsafeMutableRawPointer?
      switch randomness.below(8) {
      case 0:
        let alignment: UInt = 1 << randomness.below(17 as UInt)
        block = allocate(byteCount, alignment: alignment)
        if let block { try demand(block.address % alignment == 0, "\(block) for an alignment of \(alignment)") }
      case 1:
        block = allocateZeroed(byteCount)
        if let block {
          try demand(
            block.load(as: UInt8.self) == 0 && memcmp(block, block + 1, Int(byteCount) - 1) == 0,
            "a block of \(byteCount) zeros is not zero")
        }
      default: block = allocate(byteCount)
      }
      guard let block else { throw Finding(description: "no memory for \(byteCount) bytes") }
      try demand(usableByteCount(block) >= byteCount, "\(usableByteCount(block)) usable bytes for \(byteCount)")
      return StressBlock(block, byteCount)
    }

    private static func resized(_ block: StressBlock, _ randomness: inout Randomness) throws -> StressBlock {
      try block.check()
      let byteCount = size(&randomness)
      guard let moved = reallocate(BlockPointer(at: block.address).raw, byteCount) else {
        throw Finding(description: "no memory for \(byteCount) bytes")
      }
      try block.check(at: moved.address, upTo: byteCount)
      return StressBlock(moved, byteCount)
    }

    private static func free(_ address: UInt) throws {
      guard address != 0 else { return }
      try StressBlock(at: address).check()
      deallocate(UnsafeMutableRawPointer(bitPattern: address))
    }

    /// As many threads at once as there are heaps take all of them over: none has a slab once it is flushed.
    private func checkThatNothingIsLeft() throws {
      let count = Int(HeapRegistry.count)
      try demand(HeapRegistry.dormantCount == HeapRegistry.count, "a heap is in use, but no thread")
      nonisolated(unsafe) var barrier = pthread_barrier_t()
      pthread_barrier_init(&barrier, nil, UInt32(count))
      defer { pthread_barrier_destroy(&barrier) }
      try TestThread.run(count: count) { _ in
        let heap = try TestThread.attachedHeap()
        pthread_barrier_wait(&barrier)
        heap.flush()
        // The others wait for this one, whatever it finds.
        let finding = Result { try HeapLaw.checkEmpty(heap) }
        pthread_barrier_wait(&barrier)
        try finding.get()
      }
      let slabCount = SuperslabPool.count * Layout.slabsPerSuperslab
      try demand(
        SuperslabPool.freeSlabCount == slabCount, "\(slabCount - SuperslabPool.freeSlabCount) slabs are in use")
      try demand(LargeHeap.liveUnitCount == 0, "\(LargeHeap.liveUnitCount) large units are live")
      try demand(HugeHeap.blockCount == 0, "\(HugeHeap.blockCount) huge blocks are live")
      Invariants.check()
    }
  }
}
