// SPDX-License-Identifier: MIT

import CACE

@testable import ACEHosted

/// Memory that is no heap's: blocks, queues and a heap to try remote frees with. It lives as long as this does.
final class ForeignBlocks: @unchecked Sendable {
  let heap: HeapPointer
  let queues: [RemoteQueuePointer]
  let blocks: [BlockPointer]
  private let memory: UnsafeMutableRawPointer

  init(blockCount: Int, queueCount: Int) {
    let heapByteCount = Int(Layout.roundUp(UInt(MemoryLayout<Heap>.size), to: 128))
    let byteCount = heapByteCount + queueCount * 64 + blockCount * 16
    let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 128)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
    let heap = memory.assumingMemoryBound(to: Heap.self)
    self.memory = memory
    self.heap = heap
    queues = (0..<queueCount).map { number in
      let queue = (memory + heapByteCount + number * 64).bindMemory(to: RemoteQueue.self, capacity: 1)
      queue.initialize(to: RemoteQueue())
      queue.pointee.owner = heap
      return queue
    }
    blocks = (0..<blockCount).map { (memory + heapByteCount + queueCount * 64 + $0 * 16).block }
  }

  deinit { memory.deallocate() }

  /// Takes what is in the inbox, as a heap does: blocks by the queue they were in.
  func drain() throws -> [RemoteQueuePointer: [BlockPointer]] {
    var drained: [RemoteQueuePointer: [BlockPointer]] = [:]
    var next = ace_exchange(heap.inbox, 0)
    while let queue = RemoteQueuePointer(bitPattern: UInt(next)) {
      next = queue.pointee.next
      let (first, count) = queue.takeAll()
      let blocks = chain(first)
      try demand(blocks.count == Int(count), "\(count) blocks are said to be in a chain of \(blocks.count)")
      try demand(!blocks.isEmpty, "a queue was in the inbox without blocks")
      try demand(drained[queue] == nil, "a queue was in the inbox twice")
      drained[queue] = blocks
    }
    return drained
  }

  func chain(_ first: BlockPointer?) -> [BlockPointer] {
    var blocks: [BlockPointer] = []
    var next = first
    while let block = next {
      blocks.append(block)
      next = block.pointee.next
    }
    return blocks
  }
}
