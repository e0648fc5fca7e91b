// SPDX-License-Identifier: MIT

/// The blocks live at a moment, found by name: a hash table with linear probing that frees memory to its peak only.
///
/// Ordinary dictionaries hash with a keyed function; names here are addresses of a trusted or size-checked trace, and
/// this table sits on the path of every event, so one multiplication has to do.
struct BlockTable: ~Copyable {
  /// What is known of a live block.
  struct Entry {
    var block: UInt64
    var size: UInt64
    /// The count of its thread's events when the block was handed out or last moved, this event included.
    var performedCount: UInt64
    var slot: UInt32
    /// The thread that performed that event.
    var thread: UInt32
  }

  private var entries: UnsafeMutableBufferPointer<Entry>
  private var shift: UInt64
  private(set) var count = 0

  // Derived from the golden ratio, Knuth, The Art of Computer Programming 3, section 6.4.
  private static let multiplier: UInt64 = 0x9e37_79b9_7f4a_7c15
  private static let vacant: UInt64 = 0

  init() {
    entries = Self.makeEntries(capacity: 1 << 10)
    shift = 64 - 10
  }

  deinit { entries.deallocate() }

  /// The entry of a live block, or nil.
  func find(_ block: UInt64) -> Entry? {
    var index = home(of: block)
    while entries[index].block != Self.vacant {
      if entries[index].block == block { return entries[index] }
      index = (index &+ 1) & (entries.count &- 1)
    }
    return nil
  }

  /// Adds a block that is not in the table.
  mutating func insert(_ entry: Entry) {
    precondition(entry.block != Self.vacant, "block 0 names no block")
    if count &* 8 >= entries.count &* 5 { grow() }
    place(entry)
    count += 1
  }

  /// Removes a block and returns what was known of it, or nil when it is not live.
  mutating func remove(_ block: UInt64) -> Entry? {
    let mask = entries.count &- 1
    var index = home(of: block)
    while entries[index].block != block {
      if entries[index].block == Self.vacant { return nil }
      index = (index &+ 1) & mask
    }
    let removed = entries[index]
    // Moves later members of the probe run back, so that no run is ever interrupted by a gap.
    var gap = index
    var next = (index &+ 1) & mask
    while entries[next].block != Self.vacant {
      let distanceFromHome = (next &- home(of: entries[next].block)) & mask
      if distanceFromHome >= (next &- gap) & mask {
        entries[gap] = entries[next]
        gap = next
      }
      next = (next &+ 1) & mask
    }
    entries[gap].block = Self.vacant
    count -= 1
    return removed
  }

  private func home(of block: UInt64) -> Int {
    Int(truncatingIfNeeded: (block &* Self.multiplier) >> shift)
  }

  private func place(_ entry: Entry) {
    var index = home(of: entry.block)
    while entries[index].block != Self.vacant { index = (index &+ 1) & (entries.count &- 1) }
    entries[index] = entry
  }

  private mutating func grow() {
    let former = entries
    entries = Self.makeEntries(capacity: former.count * 2)
    shift -= 1
    for entry in former where entry.block != Self.vacant { place(entry) }
    former.deallocate()
  }

  private static func makeEntries(capacity: Int) -> UnsafeMutableBufferPointer<Entry> {
    let entries = UnsafeMutableBufferPointer<Entry>.allocate(capacity: capacity)
    entries.initialize(repeating: Entry(block: vacant, size: 0, performedCount: 0, slot: 0, thread: 0))
    return entries
  }
}
