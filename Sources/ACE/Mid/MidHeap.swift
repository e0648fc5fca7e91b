// SPDX-License-Identifier: MIT

import CACE

/// A heap's mid blocks: runs of 128-byte units in superslabs that belong to the heap. Split and joined at once, so that
/// memory freed in one size serves any other; no lock, as other threads' frees come through the superslab's queue.
struct MidHeap {
  // Not private for what is in other files of this layer.
  var bins = RunBins<MidStore>()
  /// Freed blocks of each class that are kept as they are. Their runs count as live for their neighbours.
  private var recent = InlineArray<49, BlockPointer?>(repeating: nil)
  private var recentUnitCount: UInt64 = 0
  /// A superslab without live blocks that is kept, by its first run; 0 when there is none.
  private var spare: UInt32 = 0
  private var superslabCount: UInt64 = 0
  private(set) var liveUnitCount: UInt64 = 0
  /// The most that was live since free pages were last given back, all of which may be resident.
  private var peakUnitCount: UInt64 = 0
  private(set) var allocationCount: UInt64 = 0

  // Derived: what is left of a superslab between its table and the border at its end.
  @inline(__always) private static var wholeLength: UInt32 { MidStore.unitsPerSuperslab - MidStore.tableUnitCount - 1 }

  /// Units that `recent` may have: chosen to be 64 KiB, or a quarter of what is live where that is more.
  @inline(__always) private var recentLimit: UInt64 { max(512, liveUnitCount / 4) }

  @inline(__always) static func unitCount(_ byteCount: UInt) -> UInt32 {
    UInt32(truncatingIfNeeded: (byteCount &+ (1 << Layout.midUnitShift &- 1)) >> Layout.midUnitShift)
  }

  /// Units that may be resident, as far as the heap knows; a kept block that is handed out again is not counted as it is.
  var residentUnitCount: UInt64 { max(peakUnitCount, liveUnitCount) }

  /// Takes note of free pages that went back to the system.
  mutating func forgetPeak() { peakUnitCount = liveUnitCount }

  /// Usable bytes of a live block.
  @inline(__always) static func usableByteCount(_ address: UInt) -> UInt {
    UInt(MidStore.tag(MidStore.unit(address)).length) << Layout.midUnitShift
  }

  /// A block of a class that was freed lately; nil when there is none, or the size has no class.
  @inline(__always) mutating func takeRecent(_ byteCount: UInt) -> BlockPointer? {
    guard byteCount <= MidClass.greatestByteCount else { return nil }
    let (sizeClass, rounded) = MidClass.rounding(Self.unitCount(byteCount))
    guard let block = recent[unchecked: sizeClass.number] else { return nil }
    recent[unchecked: sizeClass.number] = block.pointee.next
    recentUnitCount &-= UInt64(rounded)
    allocationCount &+= 1
    liveUnitCount &+= UInt64(rounded)
    return block
  }

  /// A block of `byteCount` bytes, at most twice the mid limit; nil when there is no memory.
  mutating func allocate(_ byteCount: UInt, for heap: HeapPointer) -> UnsafeMutableRawPointer? {
    // Tiny requests come here when there is no memory for a slab, those of no bytes among them.
    let length = max(Self.unitCount(byteCount), 1)
    return allocateRun(length <= MidClass.greatestLength ? MidClass.rounding(length).length : length, for: heap)
  }

  private mutating func allocateRun(_ length: UInt32, for heap: HeapPointer) -> UnsafeMutableRawPointer? {
    let unit = take(length, for: heap)
    guard unit != 0 else { return nil }
    allocationCount &+= 1
    liveUnitCount &+= UInt64(length)
    peakUnitCount = max(peakUnitCount, liveUnitCount)
    return UnsafeMutableRawPointer(bitPattern: MidStore.address(unit))
  }

  /// A block at a multiple of `alignment`, a power of two. Together at most twice the mid limit.
  mutating func allocate(_ byteCount: UInt, alignment: UInt, for heap: HeapPointer) -> UnsafeMutableRawPointer? {
    let length = max(Self.unitCount(byteCount), 1)
    let alignmentUnits = UInt32(truncatingIfNeeded: alignment >> Layout.midUnitShift)
    let slack = alignmentUnits > 1 ? alignmentUnits - 1 : 0
    var unit = take(length &+ slack, for: heap)
    guard unit != 0 else { return nil }
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
    peakUnitCount = max(peakUnitCount, liveUnitCount)
    return UnsafeMutableRawPointer(bitPattern: MidStore.address(unit))
  }

  /// Keeps a freed block of this heap for the next request of its class; false when it has none, or when enough is kept.
  @inline(__always) mutating func keepRecent(_ address: UInt) -> Bool {
    let length = MidStore.tag(MidStore.unit(address)).length
    guard length <= MidClass.greatestLength, recentUnitCount &+ UInt64(length) <= recentLimit else { return false }
    let (sizeClass, rounded) = MidClass.rounding(length)
    guard rounded == length else { return false }
    let block = BlockPointer(at: address)
    block.pointee.next = recent[unchecked: sizeClass.number]
    recent[unchecked: sizeClass.number] = block
    recentUnitCount &+= UInt64(length)
    liveUnitCount &-= UInt64(length)
    return true
  }

  /// Gives back a block of this heap, and joins it with its neighbours.
  mutating func deallocateRun(_ address: UInt) {
    let unit = MidStore.unit(address)
    liveUnitCount &-= UInt64(MidStore.tag(unit).length)
    join(unit)
  }

  /// Joins what is kept for its class with its neighbours, all of it: what is needed again will be kept again.
  mutating func flush() {
    var number = 0
    while recentUnitCount > 0, number < MidClass.count {
      while let block = recent[unchecked: number] {
        recent[unchecked: number] = block.pointee.next
        let unit = MidStore.unit(block.address)
        recentUnitCount &-= UInt64(MidStore.tag(unit).length)
        join(unit)
      }
      number += 1
    }
  }

  private mutating func join(_ unit: UInt32) {
    let run = bins.give(unit)
    if run.length == Self.wholeLength { keepOrRelease(run.unit) }
  }

  /// A live run; 0 when there is no memory.
  private mutating func take(_ length: UInt32, for heap: HeapPointer) -> UInt32 {
    var unit = bins.take(length)
    if unit != 0 { return unit }
    if recentUnitCount >= UInt64(length) {
      flush()
      unit = bins.take(length)
      if unit != 0 { return unit }
    }
    return extend(for: heap) ? bins.take(length) : 0
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
      if !keepRecent(block.address) { deallocateRun(block.address) }
    }
  }

  /// Gives the superslab that is kept to the pool.
  mutating func releaseSpare() {
    if isWhole(spare) { release(spare) }
    spare = 0
  }

  /// Checks the bins, not the rows of runs in the superslabs.
  func checkInvariants() { _ = bins.checkBins() }

  private func isWhole(_ unit: UInt32) -> Bool { unit != 0 && MidStore.tag(unit) == .free(Self.wholeLength) }

  /// One empty superslab is kept, so that a program at its edge does not give and take it all the time.
  private mutating func keepOrRelease(_ unit: UInt32) {
    if spare != unit, isWhole(spare) { release(unit) } else { spare = unit }
  }

  private mutating func release(_ unit: UInt32) {
    bins.remove(unit, Self.wholeLength)
    MidStore.setTag(unit, .border)
    superslabCount &-= 1
    MidPool.release(MidSuperslab.containing(MidStore.address(unit)))
  }

  private mutating func extend(for heap: HeapPointer) -> Bool {
    // Chosen: a heap that fills three quarters of four superslabs is likely to fill the next.
    let capacity = superslabCount &* UInt64(Self.wholeLength)
    let expectsFill = superslabCount >= 4 && liveUnitCount > capacity / 4 * 3
    guard let start = MidPool.claim(for: heap, expectsFill: expectsFill) else { return false }
    superslabCount &+= 1
    MidStore.setTag(start &+ MidStore.tableUnitCount &- 1, .border)
    MidStore.setTag(start &+ MidStore.unitsPerSuperslab &- 1, .border)
    bins.add(start &+ MidStore.tableUnitCount, Self.wholeLength)
    return true
  }
}
