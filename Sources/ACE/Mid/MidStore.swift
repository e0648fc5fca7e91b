// SPDX-License-Identifier: MIT

/// Mid blocks' tags in a table at the start of each superslab, two bytes for each unit of 128; links in the free runs.
///
/// The tags of the units that the table itself occupies are not needed: the superslab's record lies there.
enum MidStore: RunStore {
  // Derived.
  @inline(__always) static var unitsPerSuperslab: UInt32 { 1 << UInt32(Layout.superslabShift - Layout.midUnitShift) }
  @inline(__always) static var unitsPerPage: UInt32 { UInt32(Layout.pageByteCount >> Layout.midUnitShift) }
  @inline(__always) static var tableUnitCount: UInt32 { (unitsPerSuperslab * 2) >> UInt32(Layout.midUnitShift) }

  @inline(__always) static func unit(_ address: UInt) -> UInt32 {
    UInt32(truncatingIfNeeded: (address &- Span.mid.start) >> Layout.midUnitShift)
  }
  @inline(__always) static func address(_ unit: UInt32) -> UInt {
    Span.mid.start &+ UInt(unit) << Layout.midUnitShift
  }

  @inline(__always) private static func tagPointer(_ unit: UInt32) -> UnsafeMutablePointer<UInt16> {
    let superslab = address(unit & ~(unitsPerSuperslab &- 1))
    return UnsafeMutablePointer(bitPattern: superslab &+ UInt(unit & (unitsPerSuperslab &- 1)) &* 2).unsafelyUnwrapped
  }

  @inline(__always) static func tag(_ unit: UInt32) -> RunTag {
    let bits = UInt32(tagPointer(unit).pointee)
    return RunTag(bits: (bits & 0x7fff) | (bits & 0x8000) << 16)
  }
  @inline(__always) static func setTag(_ unit: UInt32, _ tag: RunTag) {
    tagPointer(unit).pointee = UInt16(truncatingIfNeeded: tag.bits | tag.bits >> 16)
  }

  @inline(__always) private static func links(_ unit: UInt32) -> UnsafeMutablePointer<UInt32> {
    UnsafeMutablePointer(bitPattern: address(unit)).unsafelyUnwrapped
  }
  @inline(__always) static func next(_ unit: UInt32) -> UInt32 { links(unit)[0] }
  @inline(__always) static func setNext(_ unit: UInt32, _ next: UInt32) { links(unit)[0] = next }
  /// How long a free run was when its pages last went back to the system.
  @inline(__always) static func trimmedLength(_ unit: UInt32) -> UInt32 { links(unit)[2] }
  @inline(__always) static func setTrimmedLength(_ unit: UInt32, _ length: UInt32) { links(unit)[2] = length }
  @inline(__always) static func previous(_ unit: UInt32) -> UInt32 { links(unit)[1] }
  @inline(__always) static func setPrevious(_ unit: UInt32, _ previous: UInt32) { links(unit)[1] = previous }
}
