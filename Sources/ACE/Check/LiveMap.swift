// SPDX-License-Identifier: MIT

import CACE

/// Which addresses are those of live blocks: a bit for each grain of the span, and a table for huge blocks. Changed by any
/// thread, atomically.
enum LiveMap {
  private nonisolated(unsafe) static var words: UnsafeMutableRawPointer?

  /// Derived: 64 grains for a word.
  private static var byteCount: UInt { Span.byteCount >> (Layout.grainShift + 3) }

  static func reserve() -> Bool {
    words = ace_map(nil, Int(byteCount), PROT_READ | PROT_WRITE, Int32(MAP_NORESERVE))
    return words != nil
  }

  static func contains(_ address: UInt) -> Bool {
    guard Span.contains(address) else { return HugeHeap.usableByteCount(address) != 0 }
    guard address % Layout.grainByteCount == 0 else { return false }
    return ace_load(word(address)) & bit(address) != 0
  }

  static func insert(_ address: UInt) {
    if Span.contains(address) { _ = ace_set_bits(word(address), bit(address)) }
  }

  /// Whether the address was that of a live block; it is none from now on. Of two threads that free one block, one is told so.
  static func remove(_ address: UInt) -> Bool {
    guard Span.contains(address) else { return HugeHeap.usableByteCount(address) != 0 }
    guard address % Layout.grainByteCount == 0 else { return false }
    return ace_clear_bits(word(address), bit(address)) & bit(address) != 0
  }

  /// The greatest live address of the span that is not above another, not further away than `distance`.
  static func last(upTo address: UInt, distance: UInt) -> UInt? {
    var candidate = address & ~(Layout.grainByteCount &- 1)
    let end = candidate &- min(distance, candidate &- Span.start)
    while candidate >= end {
      if contains(candidate) { return candidate }
      candidate &-= Layout.grainByteCount
    }
    return nil
  }

  private static func word(_ address: UInt) -> UnsafeMutableRawPointer {
    words.unsafelyUnwrapped + Int(((address &- Span.start) >> (Layout.grainShift + 6)) &* 8)
  }
  private static func bit(_ address: UInt) -> UInt64 {
    1 << UInt64(((address &- Span.start) >> Layout.grainShift) & 63)
  }
}
