// SPDX-License-Identifier: MIT

import CACE

@testable import ACEHosted

/// A block with contents that tell which block it is and how long: its first word is the length, the rest follows from length
/// and place, so that whoever gets it can check it.
struct StressBlock {
  static let leastByteCount: UInt = 16

  let address: UInt
  let byteCount: UInt

  /// A block that has just been allocated.
  init(_ block: UnsafeMutableRawPointer, _ byteCount: UInt) {
    address = block.address
    self.byteCount = byteCount
    block.storeBytes(of: byteCount, as: UInt.self)
    for offset in offsets { block.storeBytes(of: word(offset), toByteOffset: Int(offset), as: UInt.self) }
  }

  /// A block that another thread has handed over.
  init(at address: UInt) {
    self.address = address
    byteCount = BlockPointer(at: address).raw.load(as: UInt.self)
  }

  private func word(_ offset: UInt) -> UInt { (address ^ byteCount &* 0x9e37_79b9_7f4a_7c15) &+ offset }

  /// Which words have contents: all of a small block, and the first and last of each page of others.
  private var offsets: [UInt] {
    let last = (byteCount - 8) & ~7
    if byteCount <= 512 { return Array(stride(from: 8, through: last, by: 8)) }
    let pages = stride(from: 4096 - address % 4096, to: last - 8, by: 4096).flatMap { [$0 - 8, $0] }
    return ([8, last - 8, last] + pages).filter { $0 >= 8 }
  }

  /// Checks the contents, those of the first `limit` bytes, where they are now.
  func check(at place: UInt? = nil, upTo limit: UInt = .max) throws {
    let block = BlockPointer(at: place ?? address).raw
    let length = block.load(as: UInt.self)
    try demand(length == byteCount, "a block of \(byteCount) bytes at \(address) says that it has \(length)")
    for offset in offsets where offset + 8 <= limit {
      let found = block.load(fromByteOffset: Int(offset), as: UInt.self)
      try demand(found == word(offset), "a block of \(byteCount) bytes at \(address) is written over at \(offset)")
    }
  }
}
