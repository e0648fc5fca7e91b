// SPDX-License-Identifier: MIT

/// The blocks live at a moment, found by name: a hash table with linear probing that frees memory to its peak only.
///
/// Ordinary dictionaries hash with a keyed function; names here are addresses of a trusted or size-checked trace, and
/// this table sits on the path of every event, so one multiplication has to do. It is made of many small tables that
/// grow one by one and by a quarter: one large table would hold three times its blocks whenever it doubled.
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

  private let parts: UnsafeMutableBufferPointer<BlockTablePart>
  private(set) var count = 0

  private static let partBits: UInt64 = 8
  // Derived from the golden ratio, Knuth, The Art of Computer Programming 3, section 6.4.
  private static let multiplier: UInt64 = 0x9e37_79b9_7f4a_7c15

  init() {
    parts = .allocate(capacity: 1 << Int(Self.partBits))
    for index in parts.indices { parts.initializeElement(at: index, to: BlockTablePart()) }
  }

  deinit {
    for part in parts { part.deallocate() }
    parts.deallocate()
  }

  /// The entry of a live block, or nil.
  func find(_ block: UInt64) -> Entry? {
    let (part, hash) = Self.place(of: block)
    return parts[part].find(block, hash: hash)
  }

  /// Adds a block that is not in the table.
  mutating func insert(_ entry: Entry) {
    precondition(entry.block != BlockTablePart.vacant, "block 0 names no block")
    let (part, hash) = Self.place(of: entry.block)
    parts[part].insert(entry, hash: hash) { Self.place(of: $0).hash }
    count += 1
  }

  /// Removes a block and returns what was known of it, or nil when it is not live.
  mutating func remove(_ block: UInt64) -> Entry? {
    let (part, hash) = Self.place(of: block)
    guard let removed = parts[part].remove(block, hash: hash, hashOf: { Self.place(of: $0).hash }) else { return nil }
    count -= 1
    return removed
  }

  /// The part that holds a block, by the highest bits of its hash, and the rest of the hash.
  private static func place(of block: UInt64) -> (part: Int, hash: UInt64) {
    let hash = block &* multiplier
    return (Int(truncatingIfNeeded: hash >> (64 - partBits)), hash << partBits)
  }
}
