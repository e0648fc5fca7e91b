// SPDX-License-Identifier: MIT

import CACE

/// The addresses that ACE places its blocks at, so that a comparison tells them from all others.
///
/// The span lies where nobody else maps anything, and nothing of it is mapped before it is committed, a region's beginning at a
/// time: limits on a process's address space and data, and overcommitment, hold as they do without ACE, also those that a
/// program sets itself while it runs. Conservation: the regions lie one behind another and fill the span.
enum Span {
  // Chosen: another ACE in the process, loaded beside this one, has one of the places before.
  private static let placeCount: UInt = 8

  private(set) nonisolated(unsafe) static var byteCount: UInt = 0
  /// Superslabs of tiny blocks.
  nonisolated(unsafe) static var tiny = Region()
  /// Superslabs of mid blocks.
  nonisolated(unsafe) static var mid = Region()
  /// Large blocks.
  nonisolated(unsafe) static var large = Region()
  /// The records of tiny superslabs.
  nonisolated(unsafe) static var superslabTable = Region()
  /// The records of slabs, in builds that do not keep them in the slabs.
  nonisolated(unsafe) static var slabTable = Region()
  /// The tags of large blocks.
  nonisolated(unsafe) static var largeTable = Region()
  /// Heaps.
  nonisolated(unsafe) static var heaps = Region()

  @inline(__always) static var start: UInt { tiny.start }
  @inline(__always) static func contains(_ address: UInt) -> Bool { address &- start < byteCount }
  static var committedByteCount: UInt {
    tiny.committedByteCount &+ mid.committedByteCount &+ large.committedByteCount &+ superslabTable.committedByteCount
      &+ slabTable.committedByteCount &+ largeTable.committedByteCount &+ heaps.committedByteCount
      &- tiny.cutByteCount &- mid.cutByteCount
  }

  /// Finds the span's place: the usual one, a following one if that is taken, or wherever the system puts it. Called once,
  /// with the heaps' lock held. Without a place every block has a mapping of its own.
  static func settle() {
    let byteCount = UInt(1) << Layout.spanShift
    var index: UInt = 0
    while index < placeCount {
      place(from: Layout.spanStart &+ index << Layout.spanShift, byteCount: byteCount)
      if commit(&heaps, Layout.pageByteCount, step: Layout.pageByteCount) { return }
      index &+= 1
    }
    reserveElsewhere(byteCount)
  }

  /// Where addresses that nobody has asked for may not be mapped, under ThreadSanitizer, the span is reserved as a whole.
  private static func reserveElsewhere(_ byteCount: UInt) {
    let length = Int(byteCount &+ Layout.superslabByteCount)
    guard let memory = ace_map(nil, length, PROT_NONE, Int32(MAP_NORESERVE)) else {
      place(from: 0, byteCount: 0)
      return
    }
    Region.isReserved = true
    place(from: Layout.roundUp(memory.address, to: Layout.superslabByteCount), byteCount: byteCount)
  }

  /// A quarter for tiny, a quarter for mid blocks, less than a hundredth for what describes them, the rest for large blocks.
  private static func place(from start: UInt, byteCount: UInt) {
    self.byteCount = byteCount
    var position = start
    func next(_ byteCount: UInt) -> Region {
      let region = Region(start: position, byteCount: Layout.roundUp(byteCount, to: Layout.superslabByteCount))
      position &+= region.byteCount
      return region
    }
    let quarter = byteCount / 4
    tiny = next(quarter)
    mid = next(quarter)
    heaps = next(byteCount / 256)
    superslabTable = next((quarter >> Layout.superslabShift) &* UInt(MemoryLayout<Superslab>.stride))
    slabTable = next((quarter >> Layout.slabShift) &* Slab.recordStride)
    largeTable = next((byteCount >> Layout.largeUnitShift) &* UInt(MemoryLayout<LargeTag>.stride))
    large = Region(start: position, byteCount: start &+ byteCount &- position)
  }

  /// Commits the beginning of a region.
  static func commit(_ region: inout Region, _ byteCount: UInt, step: UInt) -> Bool {
    ace_take(ACE_LOCK_SPAN)
    defer { ace_give(ACE_LOCK_SPAN) }
    return region.commit(byteCount, step: step)
  }

  /// Gives all but the beginning of a region back; whether that was anything.
  static func shrink(_ region: inout Region, to byteCount: UInt) -> Bool {
    ace_take(ACE_LOCK_SPAN)
    defer { ace_give(ACE_LOCK_SPAN) }
    return region.shrink(to: byteCount)
  }

  /// Gives a part of a region back, or commits it again.
  static func cut(_ region: inout Region, _ offset: UInt, _ byteCount: UInt) -> Bool {
    ace_take(ACE_LOCK_SPAN)
    defer { ace_give(ACE_LOCK_SPAN) }
    return region.cut(offset, byteCount)
  }
  static func mend(_ region: inout Region, _ offset: UInt, _ byteCount: UInt) -> Bool {
    ace_take(ACE_LOCK_SPAN)
    defer { ace_give(ACE_LOCK_SPAN) }
    return region.mend(offset, byteCount)
  }
}
