// SPDX-License-Identifier: MIT

import Testing

@testable import ACEHosted

@Suite("Batches of remote frees") struct OutboxTests {
  /// "A class of 64 bytes still has batches of 32": neither the limit of blocks nor that of bytes ends one earlier.
  @Test(arguments: [16, 32, 64, 128] as [UInt32])
  func smallBlocksGoByTheirCount(byteCount: UInt32) {
    let foreign = ForeignBlocks(blockCount: 96, queueCount: 1)
    var outbox = Outbox()
    for (place, block) in foreign.blocks.enumerated() {
      outbox.add(block, to: foreign.queues[0], key: 5, byteCount: byteCount)
      #expect(outbox.count == (place + 1) % 32)
    }
    #expect(outbox.batchCount == 3)
    #expect(outbox.postedBlockCount == 96)
  }

  /// A batch never keeps more than 4 KiB waiting.
  @Test(arguments: [256, 1024, 3000, 4096, 5000, 256 << 10] as [UInt32])
  func greatBlocksGoByTheirBytes(byteCount: UInt32) {
    let foreign = ForeignBlocks(blockCount: 48, queueCount: 1)
    var outbox = Outbox()
    let perBatch = Int((4096 + byteCount - 1) / byteCount)
    for (place, block) in foreign.blocks.enumerated() {
      outbox.add(block, to: foreign.queues[0], key: 5, byteCount: byteCount)
      #expect(outbox.count == (place + 1) % perBatch)
      #expect(UInt32(outbox.count) * byteCount < 4096)
    }
  }

  @Test func anotherQueueOfTheSamePlaceEvicts() throws {
    let foreign = ForeignBlocks(blockCount: 4, queueCount: 2)
    let (blocks, queues) = (foreign.blocks, foreign.queues)
    var outbox = Outbox()
    outbox.add(blocks[0], to: queues[0], key: 3, byteCount: 16)
    outbox.add(blocks[1], to: queues[0], key: 3, byteCount: 16)
    #expect(try foreign.drain().isEmpty)
    // Sixteen places: this key has the same one.
    outbox.add(blocks[2], to: queues[1], key: 19, byteCount: 16)
    #expect(outbox.count == 1)
    #expect(try foreign.drain() == [queues[0]: [blocks[1], blocks[0]]])
    // Another place evicts nothing.
    outbox.add(blocks[3], to: queues[0], key: 4, byteCount: 16)
    #expect(outbox.count == 2)
    outbox.postAll()
    #expect(outbox.count == 0)
    #expect(outbox.batchCount == 3)
    #expect(try foreign.drain() == [queues[0]: [blocks[3]], queues[1]: [blocks[2]]])
    outbox.postAll()
    #expect(outbox.batchCount == 3)
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func nothingIsLostOrDoubled(seed: UInt64) throws {
    var randomness = Randomness(seed: seed)
    let queueCount = [1, 2, 15, 16, 17, 40, 64, 100][Int(seed - 1)]
    let foreign = ForeignBlocks(blockCount: 6_000, queueCount: queueCount)
    var outbox = Outbox()
    var home: [BlockPointer: RemoteQueuePointer] = [:]
    var waitingByteCount: [BlockPointer: UInt32] = [:]
    func take() throws {
      for (queue, blocks) in try foreign.drain() {
        for block in blocks {
          try demand(home.removeValue(forKey: block) == queue, "a block was posted twice, or to another queue")
          waitingByteCount[block] = nil
        }
      }
    }
    for (place, block) in foreign.blocks.enumerated() {
      let number = randomness.below(queueCount)
      let byteCount = randomness.anyMagnitude(upTo: 64 << 10 as UInt32)
      home[block] = foreign.queues[number]
      waitingByteCount[block] = byteCount
      outbox.add(block, to: foreign.queues[number], key: UInt(number), byteCount: byteCount)
      try take()
      try demand(outbox.count == home.count, "\(outbox.count) are said to wait, but \(home.count) do")
      try demand(outbox.postedBlockCount == UInt64(place + 1 - home.count), "\(outbox.postedBlockCount) were posted")
      let waiting = waitingByteCount.values.reduce(0, +)
      try demand(waiting < 64 << 10, "\(waiting) bytes wait")
      if randomness.below(200) == 0 {
        outbox.postAll()
        try take()
        try demand(outbox.count == 0 && home.isEmpty, "\(home.count) blocks were not posted")
      }
    }
    outbox.postAll()
    try take()
    #expect(home.isEmpty)
    #expect(outbox.postedBlockCount == 6_000)
    #expect(outbox.batchCount <= 6_000)
  }
}
