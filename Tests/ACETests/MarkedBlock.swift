// SPDX-License-Identifier: MIT

import CACE

@testable import ACEHosted

/// A live block all of whose bytes say where it is, so that a page that goes, or another block over it, is noticed.
struct MarkedBlock {
  let address: UInt
  let byteCount: UInt

  private var byte: UInt8 { UInt8(truncatingIfNeeded: address >> 4 ^ address >> 12) | 1 }

  /// Allocates and marks a block, all of what may be used of it.
  init(_ requested: UInt) throws {
    address = try TestThread.block(requested).address
    byteCount = ungatedUsableByteCount(address)
    memset(BlockPointer(at: address).raw, Int32(byte), Int(byteCount))
  }

  /// Marks a block again that has moved or become another size.
  init(marking address: UInt) {
    self.address = address
    byteCount = ungatedUsableByteCount(address)
    memset(BlockPointer(at: address).raw, Int32(byte), Int(byteCount))
  }

  func check() throws {
    let memory = BlockPointer(at: address).raw
    let isWhole = memory.load(as: UInt8.self) == byte && memcmp(memory, memory + 1, Int(byteCount) - 1) == 0
    try demand(isWhole, "a live block of \(byteCount) bytes was changed")
  }

  func free() throws {
    try check()
    deallocate(BlockPointer(at: address).raw)
  }

  static func free(_ blocks: some Sequence<MarkedBlock>) throws {
    for block in blocks { try block.free() }
  }
}
