// SPDX-License-Identifier: MIT

import Allocators

/// The check pass: every block is filled with its own pattern and read back before it is freed or moved, and its
/// alignment, its usable size and its distance from other live blocks are verified.
struct CheckedCalls: CallPath {
  private let functions: AllocatorFunctions
  private let ledger: UnsafePointer<BlockLedger>
  private let team: UnsafePointer<ReplayTeam>
  private let thread: UInt32
  private var serial: UInt64

  /// What `malloc` must align to, unless the block is smaller: `alignof(max_align_t)` on 64-bit Linux.
  private static let fundamentalAlignment = 16

  init(
    _ functions: AllocatorFunctions, _ ledger: UnsafePointer<BlockLedger>, team: UnsafePointer<ReplayTeam>,
    thread: UInt32
  ) {
    self.functions = functions
    self.ledger = ledger
    self.team = team
    self.thread = thread
    serial = UInt64(thread) << 40
  }

  mutating func malloc(_ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer? {
    accept(functions.malloc(byteCount), byteCount, alignment: 1, slot)
  }

  mutating func calloc(_ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer? {
    let block = functions.calloc(1, byteCount)
    if let block, let bytes = Optional(UnsafeRawBufferPointer(start: block, count: byteCount)),
      bytes.contains(where: { $0 != 0 })
    {
      report(.notZeroed, block, byteCount)
    }
    return accept(block, byteCount, alignment: 1, slot)
  }

  mutating func realloc(_ block: UnsafeMutableRawPointer?, _ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer? {
    guard let block else { return accept(functions.realloc(nil, byteCount), byteCount, alignment: 1, slot) }
    let fill = ledger.pointee.fills[slot]
    verify(block, fill, fill.byteCount)
    ledger.pointee.release(block, byteCount: fill.byteCount)
    guard let moved = functions.realloc(block, byteCount) else { return nil }
    verify(moved, fill, min(fill.byteCount, byteCount))
    return accept(moved, byteCount, alignment: 1, slot)
  }

  mutating func aligned(_ alignment: Int, _ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer? {
    accept(functions.alignedAlloc(alignment, byteCount), byteCount, alignment: alignment, slot)
  }

  func free(_ block: UnsafeMutableRawPointer?, slot: Int) {
    if let block {
      let fill = ledger.pointee.fills[slot]
      verify(block, fill, fill.byteCount)
      ledger.pointee.release(block, byteCount: fill.byteCount)
    }
    functions.free(block)
  }

  private mutating func accept(
    _ block: UnsafeMutableRawPointer?, _ byteCount: Int, alignment: Int, _ slot: Int
  ) -> UnsafeMutableRawPointer? {
    guard let block else { return nil }
    // The largest power of two that fits the block: nothing larger can need a stricter alignment (C17, DR 075).
    let natural = byteCount < 2 ? 1 : 1 << (Int.bitWidth - 1 - byteCount.leadingZeroBitCount)
    let required = max(alignment, min(natural, Self.fundamentalAlignment))
    if Int(bitPattern: block) & (required - 1) != 0 { report(.misaligned, block, byteCount) }
    if let usable = functions.usableSize?(block), usable < byteCount { report(.tooSmall, block, byteCount) }
    guard ledger.pointee.take(block, byteCount: byteCount) else { report(.overlapping, block, byteCount) }
    serial &+= 1
    let fill = BlockLedger.Fill(byteCount: byteCount, seed: serial &* 0x9e37_79b9_7f4a_7c15)
    ledger.pointee.fills[slot] = fill
    for offset in 0..<byteCount {
      block.storeBytes(of: Self.byte(fill.seed, at: offset), toByteOffset: offset, as: UInt8.self)
    }
    return block
  }

  private func verify(_ block: UnsafeMutableRawPointer, _ fill: BlockLedger.Fill, _ byteCount: Int) {
    for offset in 0..<byteCount
    where block.load(fromByteOffset: offset, as: UInt8.self) != Self.byte(fill.seed, at: offset) {
      report(.contentsChanged, block, fill.byteCount)
    }
  }

  private static func byte(_ seed: UInt64, at offset: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: seed >> (UInt64(offset & 7) &* 8)) &+ UInt8(truncatingIfNeeded: offset >> 3)
  }

  private func report(_ kind: ReplayFault.Kind, _ block: UnsafeMutableRawPointer, _ byteCount: Int) -> Never {
    team.pointee.handler(
      ReplayFault(
        kind: kind, address: UInt(bitPattern: block), byteCount: byteCount, thread: thread,
        performedCount: team.pointee.progress(of: thread).pointee))
  }
}
