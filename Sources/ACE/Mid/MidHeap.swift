// SPDX-License-Identifier: MIT

import CACE

/// A heap's mid blocks: runs of 128-byte units in superslabs that belong to the heap. Split and joined at once, so that
/// memory freed in one size serves any other; no lock, as other threads' frees come through the superslab's queue.
struct MidHeap {
  private var bins = RunBins<MidStore>()
  /// A superslab without live blocks that is kept, by its first run; 0 when there is none.
  private var spare: UInt32 = 0
  private(set) var liveUnitCount: UInt64 = 0
  private(set) var allocationCount: UInt64 = 0

  // Derived: what is left of a superslab between its table and the border at its end.
  @inline(__always) private static var wholeLength: UInt32 { MidStore.unitsPerSuperslab - MidStore.tableUnitCount - 1 }

  @inline(__always) static func unitCount(_ byteCount: UInt) -> UInt32 {
    UInt32(truncatingIfNeeded: (byteCount &+ (1 << Layout.midUnitShift &- 1)) >> Layout.midUnitShift)
  }

  /// Usable bytes of a live block.
  @inline(__always) static func usableByteCount(_ address: UInt) -> UInt {
    UInt(MidStore.tag(MidStore.unit(address)).length) << Layout.midUnitShift
  }

  /// A block of `byteCount` bytes at a multiple of `alignment`, a power of two; nil when there is no memory. Together at
  /// most twice the mid limit.
  mutating func allocate(_ byteCount: UInt, alignment: UInt, for heap: HeapPointer) -> UnsafeMutableRawPointer? {
    let length = max(Self.unitCount(byteCount), 1)
    let alignmentUnits = UInt32(truncatingIfNeeded: alignment >> Layout.midUnitShift)
    let slack = alignmentUnits > 1 ? alignmentUnits - 1 : 0
    var unit = bins.take(length &+ slack)
    if unit == 0 {
      guard extend(for: heap) else { return nil }
      unit = bins.take(length &+ slack)
    }
    if slack > 0 {
      let excess = (0 &- unit) & (alignmentUnits &- 1)
      if excess > 0 {
        bins.trimFront(unit, excess)
        unit &+= excess
      }
      _ = bins.resize(unit, to: length)
    }
    allocationCount &+= 1
    liveUnitCount &+= UInt64(length)
    return UnsafeMutableRawPointer(bitPattern: MidStore.address(unit))
  }

  /// Gives back a block of this heap.
  mutating func deallocate(_ address: UInt) {
    let unit = MidStore.unit(address)
    liveUnitCount &-= UInt64(MidStore.tag(unit).length)
    let run = bins.give(unit)
    if run.length == Self.wholeLength { keepOrRelease(run.unit) }
  }

  /// Makes a block of this heap hold `byteCount` bytes where it is; false when it cannot.
  mutating func resize(_ address: UInt, to byteCount: UInt) -> Bool {
    let unit = MidStore.unit(address)
    let before = MidStore.tag(unit).length
    let after = max(Self.unitCount(byteCount), 1)
    guard bins.resize(unit, to: after) else { return false }
    liveUnitCount = liveUnitCount &- UInt64(before) &+ UInt64(after)
    return true
  }

  /// Gives back linked blocks of this heap.
  mutating func takeBack(_ first: BlockPointer) {
    var next: BlockPointer? = first
    while let block = next {
      next = block.pointee.next
      deallocate(block.address)
    }
  }

  /// Gives the superslab that is kept to the pool.
  mutating func releaseSpare() {
    if isWhole(spare) { release(spare) }
    spare = 0
  }

  /// Checks the bins; the superslabs are checked by whoever finds them.
  func checkInvariants() { _ = bins.checkBins() }

  private func isWhole(_ unit: UInt32) -> Bool { unit != 0 && MidStore.tag(unit) == .free(Self.wholeLength) }

  /// One empty superslab is kept, so that a program at its edge does not give and take it all the time.
  private mutating func keepOrRelease(_ unit: UInt32) {
    if spare != unit, isWhole(spare) { release(unit) } else { spare = unit }
  }

  private mutating func release(_ unit: UInt32) {
    bins.remove(unit, Self.wholeLength)
    MidStore.setTag(unit, .border)
    MidPool.release(MidSuperslab.containing(MidStore.address(unit)))
  }

  private mutating func extend(for heap: HeapPointer) -> Bool {
    guard let start = MidPool.claim(for: heap) else { return false }
    MidStore.setTag(start &+ MidStore.tableUnitCount &- 1, .border)
    MidStore.setTag(start &+ MidStore.unitsPerSuperslab &- 1, .border)
    bins.add(start &+ MidStore.tableUnitCount, Self.wholeLength)
    return true
  }
}
