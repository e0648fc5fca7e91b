// SPDX-License-Identifier: MIT

/// A place in the bytes of a glibc workload, and the end of what may be read from there.
struct WorkloadCursor {
  private(set) var position: Int
  let end: Int

  init(_ range: Range<Int>) {
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next byte.
  @inline(__always)
  mutating func byte(of bytes: UnsafeRawBufferPointer) throws(CallFault) -> UInt8 {
    guard position < end else { throw .malformed("the thread has no end") }
    defer { position += 1 }
    return bytes[position]
  }

  /// A number in base 128, most significant group first, the high bit of a byte set when another follows.
  @inline(__always)
  mutating func number(of bytes: UnsafeRawBufferPointer) throws(CallFault) -> UInt64 {
    var value: UInt64 = 0
    while true {
      guard position < end else { throw .malformed("a number is cut") }
      let byte = bytes[position]
      position += 1
      guard value >> 57 == 0 else { throw .malformed("a number has more than 64 bits") }
      value = value << 7 | UInt64(byte & 0x7f)
      if byte < 0x80 { return value }
    }
  }
}
