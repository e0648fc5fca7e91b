// SPDX-License-Identifier: MIT

import CLinux

/// What the check pass knows of live blocks: how each was filled, and which bytes of the address space are taken.
struct BlockLedger: ~Copyable {
  /// How the block of a slot was filled.
  struct Fill: BitwiseCopyable {
    var byteCount: Int
    var seed: UInt64
  }

  /// Two blocks may not share one of these: no allocator aligns to less.
  private static let granuleShift = 3
  /// User addresses of x86-64 and AArch64 with four-level page tables.
  private static let addressBits = 47

  let fills: UnsafeMutablePointer<Fill>
  /// A byte a granule: 1 when it belongs to a live block. nil when the address space is too small to map it; overlaps
  /// then show only as changed contents.
  private let taken: UnsafeMutablePointer<UInt8>?

  /// A ledger for `slotCount` slots, or nil when there is no memory for it.
  init?(slotCount: Int) {
    let capacity = max(slotCount, 1)
    guard let memory = linux_map_anonymous(capacity * MemoryLayout<Fill>.stride, 0) else { return nil }
    fills = memory.bindMemory(to: Fill.self, capacity: capacity)
    let granuleCount = 1 << (Self.addressBits - Self.granuleShift)
    taken = linux_map_anonymous(granuleCount, MAP_NORESERVE)?.bindMemory(to: UInt8.self, capacity: granuleCount)
  }

  /// Marks a block's bytes as taken; false when some were already.
  func take(_ block: UnsafeMutableRawPointer, byteCount: Int) -> Bool {
    guard let taken else { return true }
    for granule in granules(block, byteCount) {
      guard taken[granule] == 0 else { return false }
      taken[granule] = 1
    }
    return true
  }

  /// Marks a block's bytes as free again.
  func release(_ block: UnsafeMutableRawPointer, byteCount: Int) {
    guard let taken else { return }
    for granule in granules(block, byteCount) { taken[granule] = 0 }
  }

  private func granules(_ block: UnsafeMutableRawPointer, _ byteCount: Int) -> Range<Int> {
    let address = Int(bitPattern: block)
    guard byteCount > 0, address > 0, address >> Self.addressBits == 0 else { return 0..<0 }
    return address >> Self.granuleShift..<((address + byteCount - 1) >> Self.granuleShift + 1)
  }
}
