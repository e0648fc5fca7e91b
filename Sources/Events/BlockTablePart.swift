// SPDX-License-Identifier: MIT

/// A small table of `BlockTable`, which owns its memory.
///
/// A block's home is where its hash, taken as a fraction of 2^64, lies in the table; so any capacity will do.
struct BlockTablePart {
  static let vacant: UInt64 = 0

  private var entries: UnsafeMutableBufferPointer<BlockTable.Entry>
  private var count = 0

  init() { entries = Self.makeEntries(capacity: 4) }

  func deallocate() { entries.deallocate() }

  func find(_ block: UInt64, hash: UInt64) -> BlockTable.Entry? {
    var index = home(of: hash)
    while entries[index].block != Self.vacant {
      if entries[index].block == block { return entries[index] }
      index = after(index)
    }
    return nil
  }

  @inline(__always)
  mutating func insert(_ entry: BlockTable.Entry, hash: UInt64, hashOf: (UInt64) -> UInt64) {
    if (count &+ 1) &* 4 > entries.count &* 3 { grow(hashOf) }
    place(entry, hash)
    count &+= 1
  }

  @inline(__always)
  mutating func remove(_ block: UInt64, hash: UInt64, hashOf: (UInt64) -> UInt64) -> BlockTable.Entry? {
    var index = home(of: hash)
    while entries[index].block != block {
      if entries[index].block == Self.vacant { return nil }
      index = after(index)
    }
    let removed = entries[index]
    // Moves later members of the probe run back, so that no run is ever interrupted by a gap.
    var gap = index
    var next = after(index)
    while entries[next].block != Self.vacant {
      if distance(from: home(of: hashOf(entries[next].block)), to: next) >= distance(from: gap, to: next) {
        entries[gap] = entries[next]
        gap = next
      }
      next = after(next)
    }
    entries[gap].block = Self.vacant
    count &-= 1
    return removed
  }

  @inline(__always)
  private func home(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(truncatingIfNeeded: entries.count)).high)
  }

  @inline(__always)
  private func after(_ index: Int) -> Int { index &+ 1 == entries.count ? 0 : index &+ 1 }

  /// Steps from one index to another, going forward and around.
  @inline(__always)
  private func distance(from begin: Int, to end: Int) -> Int {
    end >= begin ? end &- begin : end &- begin &+ entries.count
  }

  @inline(__always)
  private func place(_ entry: BlockTable.Entry, _ hash: UInt64) {
    var index = home(of: hash)
    while entries[index].block != Self.vacant { index = after(index) }
    entries[index] = entry
  }

  @inline(never)
  private mutating func grow(_ hashOf: (UInt64) -> UInt64) {
    let former = entries
    entries = Self.makeEntries(capacity: former.count + former.count / 4)
    for entry in former where entry.block != Self.vacant { place(entry, hashOf(entry.block)) }
    former.deallocate()
  }

  private static func makeEntries(capacity: Int) -> UnsafeMutableBufferPointer<BlockTable.Entry> {
    let entries = UnsafeMutableBufferPointer<BlockTable.Entry>.allocate(capacity: capacity)
    entries.initialize(
      repeating: BlockTable.Entry(block: vacant, size: 0, performedCount: 0, slot: 0, thread: 0))
    return entries
  }
}
