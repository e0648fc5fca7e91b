// SPDX-License-Identifier: MIT

/// Fifteen addresses seen of late, each in the place that its hash names. Writer and reader keep the same one.
struct RawAddressCache {
  /// The slot that stands for an address that is written out.
  static let literalSlot: UInt8 = 15

  // The last one is never used: the slots are four bits, and one value of them means "not here".
  private var addresses = InlineArray<16, UInt64>(repeating: 0)

  /// Where an address is if it is here.
  @inline(__always)
  static func slot(of address: UInt64) -> Int {
    // 2^32 divided by the golden ratio; the product's high bits are scaled to 0...14.
    let hash = UInt64(UInt32(truncatingIfNeeded: address &>> 4) &* 0x9e37_79b9)
    return Int(truncatingIfNeeded: (hash &* 15) &>> 32)
  }

  subscript(slot: Int) -> UInt64 {
    @inline(__always) get { addresses[unchecked: slot] }
    @inline(__always) set { addresses[unchecked: slot] = newValue }
  }
}
