// SPDX-License-Identifier: MIT

import CACE

/// Mappings by their address: a hash table with linear probing, in a mapping of its own that doubles when half full.
struct HugeTable {
  private struct Entry {
    /// 0 when the entry is unused.
    var address: UInt
    var byteCount: UInt
  }

  // Chosen: one page to begin with.
  private static let firstCapacity = 256

  private var entries: UnsafeMutablePointer<Entry>?
  private var capacity = 0
  private(set) var count = 0

  /// The size of a mapping; 0 when there is none at this address.
  func byteCount(_ address: UInt) -> UInt {
    guard let entries else { return 0 }
    return entries[place(of: address)].byteCount
  }

  /// False when the table has no room and no memory to grow.
  mutating func insert(_ address: UInt, byteCount: UInt) -> Bool {
    if 2 * count >= capacity, !grow() { return false }
    guard let entries else { return false }
    entries[place(of: address)] = Entry(address: address, byteCount: byteCount)
    count += 1
    return true
  }

  /// The size of the mapping that was there; 0 when there was none.
  mutating func remove(_ address: UInt) -> UInt {
    guard let entries else { return 0 }
    var hole = place(of: address)
    let byteCount = entries[hole].byteCount
    if byteCount == 0 { return 0 }
    count -= 1
    // What was placed behind the hole for want of its own place moves up.
    var index = hole
    while true {
      index = (index + 1) & (capacity - 1)
      let entry = entries[index]
      if entry.address == 0 { break }
      let distanceFromHome = (index - home(of: entry.address)) & (capacity - 1)
      if distanceFromHome >= (index - hole) & (capacity - 1) {
        entries[hole] = entry
        hole = index
      }
    }
    entries[hole] = Entry(address: 0, byteCount: 0)
    return byteCount
  }

  /// The golden ratio's fraction of 2^64 spreads multiples of a page (Knuth, The Art of Computer Programming 6.4).
  private func home(of address: UInt) -> Int {
    Int(truncatingIfNeeded: (address / Layout.pageByteCount &* 0x9e37_79b9_7f4a_7c15) >> 32) & (capacity - 1)
  }

  /// Where an address is, or would be.
  private func place(of address: UInt) -> Int {
    guard let entries else { return 0 }
    var index = home(of: address)
    while entries[index].address != 0, entries[index].address != address { index = (index + 1) & (capacity - 1) }
    return index
  }

  private mutating func grow() -> Bool {
    let (oldEntries, oldCapacity) = (entries, capacity)
    let newCapacity = max(capacity * 2, Self.firstCapacity)
    let size = newCapacity * MemoryLayout<Entry>.stride
    guard let memory = ace_map(nil, size, PROT_READ | PROT_WRITE, 0) else { return false }
    entries = memory.bindMemory(to: Entry.self, capacity: newCapacity)
    capacity = newCapacity
    guard let oldEntries else { return true }
    for index in 0..<oldCapacity where oldEntries[index].address != 0 {
      entries?[place(of: oldEntries[index].address)] = oldEntries[index]
    }
    munmap(oldEntries, oldCapacity * MemoryLayout<Entry>.stride)
    return true
  }
}
