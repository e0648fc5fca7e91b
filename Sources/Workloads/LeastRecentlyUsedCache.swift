// SPDX-License-Identifier: MIT

/// Values by key, in the order of their last use: a doubly linked list threaded through an array of all keys.
struct LeastRecentlyUsedCache {
  private struct Entry {
    /// 0 when the key has no value.
    var block: UInt64 = 0
    var size: Int32 = 0
    var older: Int32 = 0
    var newer: Int32 = 0
  }

  /// Key k is entry k + 1; entry 0 closes the ring, so `newer` of it is the oldest value and `older` the newest.
  private var entries: [Entry]
  private(set) var byteCount = 0

  init(keyCount: Int) { entries = [Entry](repeating: Entry(), count: keyCount + 1) }

  /// Makes a key the most recently used; false when it has no value.
  mutating func touch(_ key: Int) -> Bool {
    guard entries[key + 1].block != 0 else { return false }
    unlink(key + 1)
    linkAsNewest(key + 1)
    return true
  }

  /// Gives a key a value, makes it the most recently used and returns the block of its former value, if it had one.
  mutating func store(_ key: Int, block: UInt64, size: Int) -> UInt64? {
    let former = remove(key + 1)
    entries[key + 1].block = block
    entries[key + 1].size = Int32(size)
    byteCount += size
    linkAsNewest(key + 1)
    return former
  }

  /// Forgets the value that was not used for longest and returns its block; nil when the cache is empty.
  mutating func evictOldest() -> UInt64? { remove(Int(entries[0].newer)) }

  /// Forgets an entry's value and returns its block; nil when it has none, as the ring's own entry never has.
  private mutating func remove(_ index: Int) -> UInt64? {
    let block = entries[index].block
    guard block != 0 else { return nil }
    unlink(index)
    byteCount -= Int(entries[index].size)
    entries[index].block = 0
    return block
  }

  private mutating func unlink(_ index: Int) {
    let older = entries[index].older
    let newer = entries[index].newer
    entries[Int(older)].newer = newer
    entries[Int(newer)].older = older
  }

  private mutating func linkAsNewest(_ index: Int) {
    let former = entries[0].older
    entries[index].older = former
    entries[index].newer = 0
    entries[Int(former)].newer = Int32(index)
    entries[0].older = Int32(index)
  }
}
