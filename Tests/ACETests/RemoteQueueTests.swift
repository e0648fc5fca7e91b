// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

@Suite("Queues of remote frees") struct RemoteQueueTests {
  @Test func aQueueIsInTheInboxWhileItHasBlocks() throws {
    let foreign = ForeignBlocks(blockCount: 6, queueCount: 2)
    let (blocks, queues) = (foreign.blocks, foreign.queues)
    #expect(try foreign.drain().isEmpty)
    queues[0].post(first: blocks[0], last: blocks[0], count: 1)
    #expect(ace_load(foreign.heap.inbox) == UInt64(UInt(bitPattern: queues[0])))
    queues[0].post(first: blocks[1], last: blocks[1], count: 1)
    queues[1].post(first: blocks[2], last: blocks[2], count: 1)
    blocks[3].pointee.next = blocks[4]
    queues[0].post(first: blocks[3], last: blocks[4], count: 2)
    let drained = try foreign.drain()
    #expect(drained[queues[0]] == [blocks[3], blocks[4], blocks[1], blocks[0]])
    #expect(drained[queues[1]] == [blocks[2]])
    #expect(ace_load(foreign.heap.inbox) == 0)
    #expect(try foreign.drain().isEmpty)
    queues[0].post(first: blocks[5], last: blocks[5], count: 1)
    #expect(try foreign.drain() == [queues[0]: [blocks[5]]])
  }

  /// As many as a slab of the smallest blocks, or a superslab of mid blocks, can have.
  @Test func theCountHoldsAllOfASuperslab() throws {
    let count = Int(MidStore.unitsPerSuperslab)
    let foreign = ForeignBlocks(blockCount: count, queueCount: 1)
    for block in foreign.blocks { foreign.queues[0].post(first: block, last: block, count: 1) }
    let drained = try foreign.drain()
    #expect(drained[foreign.queues[0]] == foreign.blocks.reversed())
  }

  /// Four threads post chains of all lengths to a few queues while the owner drains: nothing is lost, nothing doubled.
  @Test(arguments: [1, 3, 16], 1...2 as ClosedRange<UInt64>)
  func manyPostWhileOneDrains(queueCount: Int, seed: UInt64) throws {
    let (threadCount, blocksPerThread) = (4, 8_000)
    let foreign = ForeignBlocks(blockCount: threadCount * blocksPerThread, queueCount: queueCount)
    let posters = (0..<threadCount).map { number in
      TestThread {
        var randomness = Randomness(seed: seed << 8 | UInt64(number))
        var rest = foreign.blocks[number * blocksPerThread..<(number + 1) * blocksPerThread]
        while !rest.isEmpty {
          let chain = Array(rest.prefix(1 + randomness.below(20)))
          rest = rest.dropFirst(chain.count)
          for (block, next) in zip(chain, chain.dropFirst()) { block.pointee.next = next }
          // What is behind the last is for the queue to say.
          chain[chain.count - 1].pointee.next = chain[0]
          let queue = foreign.queues[randomness.below(queueCount)]
          queue.post(first: chain[0], last: chain[chain.count - 1], count: UInt64(chain.count))
        }
      }
    }
    var seen = Set<BlockPointer>()
    func take() throws {
      for (_, blocks) in try foreign.drain() {
        for block in blocks { try demand(seen.insert(block).inserted, "a block was drained twice") }
      }
    }
    while seen.count < threadCount * blocksPerThread / 2 { try take() }
    for poster in posters { try poster.join() }
    try take()
    #expect(seen.count == threadCount * blocksPerThread)
    #expect(ace_load(foreign.heap.inbox) == 0)
  }
}
