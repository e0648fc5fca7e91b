// SPDX-License-Identifier: MIT

/// Blocks of other heaps that a thread has freed and not posted yet, by the queue they belong to. A batch costs the
/// freeing thread and the owner an atomic operation or two each, instead of one for each block.
struct Outbox {
  struct Entry {
    var queue: RemoteQueuePointer?
    var first: BlockPointer?
    var last: BlockPointer?
    var count: UInt32 = 0
    var byteCount: UInt32 = 0
  }

  // Chosen: as many as a consumer of one producer needs, whose blocks come from a few classes at a time.
  @inline(__always) private static var entryCount: Int { 16 }
  // Chosen: 16 entries keep at most 64 KiB from their owners, and a class of 64 bytes still has batches of 32.
  nonisolated(unsafe) static var byteLimit: UInt32 = 4096
  nonisolated(unsafe) static var countLimit: UInt32 = 32

  private var entries = InlineArray<16, Entry>(repeating: Entry())
  /// Blocks that wait.
  private(set) var count = 0
  private(set) var postedBlockCount: UInt64 = 0
  private(set) var batchCount: UInt64 = 0

  /// Adds a block; `key` spreads queues over the entries.
  mutating func add(_ block: BlockPointer, to queue: RemoteQueuePointer, key: UInt, byteCount: UInt32) {
    let index = Int(key & UInt(Self.entryCount - 1))
    if entries[unchecked: index].queue != queue {
      post(index)
      entries[unchecked: index].queue = queue
    }
    if entries[unchecked: index].first == nil { entries[unchecked: index].last = block }
    block.pointee.next = entries[unchecked: index].first
    entries[unchecked: index].first = block
    entries[unchecked: index].count &+= 1
    entries[unchecked: index].byteCount &+= byteCount
    count &+= 1
    if entries[unchecked: index].count >= Self.countLimit || entries[unchecked: index].byteCount >= Self.byteLimit
      || !Switch.remoteBatch.isOn
    {
      post(index)
    }
  }

  /// Posts everything.
  mutating func postAll() {
    var index = 0
    while count > 0, index < Self.entryCount {
      post(index)
      index += 1
    }
  }

  private mutating func post(_ index: Int) {
    let entry = entries[unchecked: index]
    guard let queue = entry.queue, let first = entry.first, let last = entry.last else { return }
    queue.post(first: first, last: last, count: UInt64(entry.count))
    count &-= Int(entry.count)
    postedBlockCount &+= UInt64(entry.count)
    batchCount &+= 1
    entries[unchecked: index] = Entry()
  }
}
