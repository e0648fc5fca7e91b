// SPDX-License-Identifier: MIT

/// A class of mid blocks up to 32 KiB: eight for each doubling. Blocks of a class are of equal length, so that one that is freed
/// serves the next request of the class without being joined and split.
struct MidClass {
  let number: Int

  // Derived: lengths 1…16 in units, then 8 for each of the four doublings to 256 units.
  @inline(__always) static var count: Int { 49 }
  /// In units.
  @inline(__always) static var greatestLength: UInt32 { 256 }
  @inline(__always) static var greatestByteCount: UInt { UInt(greatestLength) << Layout.midUnitShift }

  /// The class of a length of at most `greatestLength`, and the length rounded up to the class's.
  @inline(__always) static func rounding(_ length: UInt32) -> (sizeClass: MidClass, length: UInt32) {
    if length <= 16 { return (MidClass(number: Int(length)), length) }
    let shift = UInt32(28 - (length &- 1).leadingZeroBitCount)
    let steps = (length &+ (1 << shift) &- 1) >> shift
    return (MidClass(number: Int(8 &* shift &+ steps)), steps << shift)
  }
}
