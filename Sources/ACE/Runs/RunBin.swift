// SPDX-License-Identifier: MIT

/// The bin of free runs of a length: one for each length below 64 units, then eight for each doubling, as in TLSF
/// (Masmano, Ripoll, Crespo, Real, "TLSF: a new dynamic memory allocator for real-time systems", ECRTS 2004).
enum RunBin {
  // Derived: 64, and eight for each of the 16 doublings up to 2^22 units.
  @inline(__always) static var count: Int { 192 }

  /// The bin that a free run of this length belongs to.
  @inline(__always) static func holding(_ length: UInt32) -> Int {
    if length < 64 { return Int(length) }
    let exponent = 31 - length.leadingZeroBitCount
    return min(64 + (exponent - 6) * 8 + Int((length >> UInt32(exponent - 3)) & 7), count - 1)
  }

  /// The lowest bin all of whose runs are at least this long.
  @inline(__always) static func satisfying(_ length: UInt32) -> Int {
    if length < 64 { return Int(length) }
    let exponent = UInt32(31 - length.leadingZeroBitCount)
    return holding(length &+ (1 << (exponent - 3)) &- 1)
  }
}
