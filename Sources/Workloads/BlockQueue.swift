// SPDX-License-Identifier: MIT

/// Blocks in the order in which they were put in.
struct BlockQueue {
  private var blocks: [UInt64] = []
  private var head = 0

  var count: Int { blocks.count - head }

  mutating func append(_ block: UInt64) { blocks.append(block) }

  /// Takes the oldest block; the queue must not be empty.
  mutating func removeFirst() -> UInt64 {
    let block = blocks[head]
    head += 1
    if head >= 1024, head * 2 >= blocks.count {
      blocks.removeFirst(head)
      head = 0
    }
    return block
  }
}
