// SPDX-License-Identifier: MIT

/// A number below 2^56 in one to eight bytes, seven bits in each: as many zero bits as there are bytes after the first,
/// a one, then the number, little-endian.
///
/// Its length is known from the first byte, so that neither side branches on the size of a number.
enum RawVariableInteger {
  /// Writes a number and returns the address after it. Eight bytes are stored whatever its length, those beyond it zero.
  @inline(__always)
  static func store(_ value: UInt64, at pointer: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    let highestBit = 63 ^ (value | 1).leadingZeroBitCount
    // ceil((highestBit + 1) / 7) for every highest bit up to 55.
    let byteCount = (highestBit &* 9 &+ 73) &>> 6
    let encoded = ((value &<< 1) | 1) &<< UInt64(truncatingIfNeeded: byteCount &- 1)
    pointer.storeBytes(of: encoded.littleEndian, as: UInt64.self)
    return pointer + byteCount
  }

  /// How many bytes a number takes that begins with this byte; 9 when no number does.
  @inline(__always)
  static func byteCount(firstByte: UInt8) -> Int { firstByte.trailingZeroBitCount &+ 1 }

  /// The number in the lowest `byteCount` bytes (1 to 8) of a word.
  @inline(__always)
  static func decode(_ word: UInt64, byteCount: Int) -> UInt64 {
    let unusedBitCount = UInt64(truncatingIfNeeded: 64 &- byteCount &* 8)
    return ((word &<< unusedBitCount) &>> unusedBitCount) &>> UInt64(truncatingIfNeeded: byteCount)
  }
}
