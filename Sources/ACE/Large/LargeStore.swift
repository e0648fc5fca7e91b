// SPDX-License-Identifier: MIT

/// Large blocks' tags and links in a table of their own, so that free runs need not be resident.
enum LargeStore: RunStore {
  @inline(__always) static func unit(_ address: UInt) -> UInt32 {
    UInt32(truncatingIfNeeded: (address &- Span.large.start) >> Layout.largeUnitShift)
  }
  @inline(__always) static func address(_ unit: UInt32) -> UInt {
    Span.large.start &+ UInt(unit) << Layout.largeUnitShift
  }
  @inline(__always) static func entry(_ unit: UInt32) -> UnsafeMutablePointer<LargeTag> {
    UnsafeMutablePointer<LargeTag>(bitPattern: Span.largeTable.start).unsafelyUnwrapped + Int(unit)
  }

  @inline(__always) static func tag(_ unit: UInt32) -> RunTag { RunTag(bits: entry(unit).pointee.tag) }
  @inline(__always) static func setTag(_ unit: UInt32, _ tag: RunTag) { entry(unit).pointee.tag = tag.bits }
  @inline(__always) static func next(_ unit: UInt32) -> UInt32 { entry(unit).pointee.next }
  @inline(__always) static func setNext(_ unit: UInt32, _ next: UInt32) { entry(unit).pointee.next = next }
  @inline(__always) static func previous(_ unit: UInt32) -> UInt32 { entry(unit).pointee.previous }
  @inline(__always) static func setPrevious(_ unit: UInt32, _ previous: UInt32) {
    entry(unit).pointee.previous = previous
  }
}
