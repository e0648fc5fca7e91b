// SPDX-License-Identifier: MIT

import CACE

/// The address space that ACE keeps for itself: one reservation, so that a comparison tells its blocks from all others.
///
/// Conservation: the regions lie one behind another and fill the reservation. Nothing is backed by memory before it is
/// touched, and nothing may be touched before it is committed: limits on a process's data and overcommitment hold as
/// they do without ACE.
enum Span {
  // Chosen: the least that is tried. Where that is refused too, every block has a mapping of its own.
  private static let leastShift: UInt = 24

  private(set) nonisolated(unsafe) static var byteCount: UInt = 0
  private nonisolated(unsafe) static var wasTried = false
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
  }

  /// Reserves the span at the first call. Called with the heaps' lock held.
  static func reserve() {
    if wasTried { return }
    wasTried = true
    // A program with little address space keeps half of it for what is not ACE's.
    let limit = ace_address_space_limit()
    if UInt(1) << Layout.spanShift <= limit / 2, reserveUsualPlace() { return }
    // Anywhere but there, because only a span of the usual size may be there.
    var shift = Layout.spanShift
    while shift >= leastShift {
      if UInt(1) << shift <= limit / 2, reserve(byteCount: 1 << shift) { return }
      shift -= 1
    }
  }

  private static func reserveUsualPlace() -> Bool {
    let byteCount = UInt(1) << Layout.spanShift
    let hint = UnsafeMutableRawPointer(bitPattern: Layout.spanStart)
    guard let memory = ace_map(hint, Int(byteCount), PROT_NONE, Int32(MAP_NORESERVE)) else { return false }
    guard memory == hint else {
      munmap(memory, Int(byteCount))
      return false
    }
    place(from: Layout.spanStart, byteCount: byteCount)
    return true
  }

  private static func reserve(byteCount: UInt) -> Bool {
    // One superslab more than needed, so that the start can be aligned.
    let slack = Layout.superslabByteCount
    guard let memory = ace_map(nil, Int(byteCount &+ slack), PROT_NONE, Int32(MAP_NORESERVE)) else { return false }
    let start = Layout.roundUp(memory.address, to: Layout.superslabByteCount)
    if start > memory.address { munmap(memory, Int(start &- memory.address)) }
    let end = start &+ byteCount
    if memory.address &+ slack > start {
      munmap(UnsafeMutableRawPointer(bitPattern: end), Int(memory.address &+ slack &- start))
    }
    place(from: start, byteCount: byteCount)
    return true
  }

  /// A quarter for tiny, a quarter for mid blocks, a 64th for what describes them, the rest for large blocks.
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
}
