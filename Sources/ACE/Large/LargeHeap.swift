// SPDX-License-Identifier: MIT

import CACE

/// Large blocks, shared by all threads: runs of units of a page. Everything here changes under the lock for large blocks;
/// counts, and the tag of a live block, are also read without it.
///
/// A freed run stays resident for a while, because the next block is likely to be placed there: giving memory back and faulting
/// it in again is what large blocks mostly cost. What it costs meanwhile is bounded: by `purgeDelayMilliseconds`, and by
/// `cacheByteLimit` or what was live at the last peak.
enum LargeHeap {
  // Chosen: free memory that stays resident whatever is live.
  nonisolated(unsafe) static var cacheByteLimit: UInt = 32 << 20
  /// Milliseconds for which a free run stays resident.
  nonisolated(unsafe) static var purgeDelayMilliseconds: UInt32 = 500
  // Chosen: where a huge page is likely to be filled.
  private static let hugePageByteCount: UInt = 4 << 20

  // Chosen: 4 MiB, in units.
  private static let makeRoomLimit: UInt32 = 1024

  private nonisolated(unsafe) static var bins = RunBins<LargeStore>()
  /// Units that were ever used; the first is never part of a run.
  private nonisolated(unsafe) static var usedUnitCount: UInt32 = 1
  private(set) nonisolated(unsafe) static var liveUnitCount: UInt64 = 0
  /// Units of free runs that may be resident.
  private(set) nonisolated(unsafe) static var cachedUnitCount: UInt64 = 0
  /// The most that was live since freed runs were last looked through.
  private nonisolated(unsafe) static var peakUnitCount: UInt64 = 0
  private nonisolated(unsafe) static var lastAgedPurge: UInt32 = 0
  private(set) nonisolated(unsafe) static var allocationCount: UInt64 = 0
  private(set) nonisolated(unsafe) static var purgedByteCount: UInt64 = 0

  static func unitCount(_ byteCount: UInt) -> UInt32 {
    UInt32(truncatingIfNeeded: (byteCount &+ (1 << Layout.largeUnitShift &- 1)) >> Layout.largeUnitShift)
  }

  /// Usable bytes of a live block.
  static func usableByteCount(_ address: UInt) -> UInt {
    UInt(LargeStore.tag(LargeStore.unit(address)).length) << Layout.largeUnitShift
  }

  /// A block at a multiple of `alignment`, and whether it is known to be zero; nil when there is no memory.
  static func allocate(_ byteCount: UInt, alignment: UInt) -> (block: UnsafeMutableRawPointer, isZero: Bool)? {
    ace_take(ACE_LOCK_LARGE)
    defer { ace_give(ACE_LOCK_LARGE) }
    let length = max(unitCount(byteCount), 1)
    let alignmentUnits = UInt32(truncatingIfNeeded: alignment >> Layout.largeUnitShift)
    let slack = alignmentUnits > 1 ? alignmentUnits - 1 : 0
    guard var unit = take(length &+ slack) else { return nil }
    let isZero = LargeStore.entry(unit).pointee.residentLength == 0
    if slack > 0 {
      // Relative to address 0: the region itself need not be as aligned.
      let first = UInt32(truncatingIfNeeded: LargeStore.address(unit) >> Layout.largeUnitShift)
      let excess = (0 &- first) & (alignmentUnits &- 1)
      if excess > 0 {
        give(unit, cutAt: excess, isResident: !isZero)
        unit &+= excess
      }
      shrink(unit, to: length, isResident: !isZero)
    }
    allocationCount &+= 1
    liveUnitCount &+= UInt64(length)
    peakUnitCount = max(peakUnitCount, liveUnitCount)
    return (UnsafeMutableRawPointer(bitPattern: LargeStore.address(unit)).unsafelyUnwrapped, isZero)
  }

  /// Gives a block back; `isResident` is false when its pages have been moved away.
  static func deallocate(_ address: UInt, isResident: Bool = true) {
    ace_take(ACE_LOCK_LARGE)
    defer { ace_give(ACE_LOCK_LARGE) }
    let unit = LargeStore.unit(address)
    let length = LargeStore.tag(unit).length
    liveUnitCount &-= UInt64(length)
    let run = give(unit, isResident: isResident)
    if isResident { purgeExcess(run) }
  }

  /// Makes a block hold `byteCount` bytes where it is; false when it cannot.
  static func resize(_ address: UInt, to byteCount: UInt) -> Bool {
    ace_take(ACE_LOCK_LARGE)
    defer { ace_give(ACE_LOCK_LARGE) }
    let unit = LargeStore.unit(address)
    let before = LargeStore.tag(unit).length
    let after = max(unitCount(byteCount), 1)
    if after <= before {
      shrink(unit, to: after, isResident: true)
    } else {
      let next = unit &+ before
      if next == usedUnitCount {
        guard extend(by: after &- before) else { return false }
      }
      let free = LargeStore.tag(next)
      guard free.isFree, before &+ free.length >= after else { return false }
      let entry = LargeStore.entry(next).pointee
      guard bins.resize(unit, to: after) else { return false }
      let rest = before &+ free.length &- after
      cachedUnitCount &-= UInt64(entry.residentLength &- inherit(entry, rest: unit &+ after, rest))
    }
    liveUnitCount = liveUnitCount &- UInt64(before) &+ UInt64(after)
    return true
  }

  /// Gives every free run back to the system; whether one was resident.
  static func trim() -> Bool {
    ace_take(ACE_LOCK_LARGE)
    defer { ace_give(ACE_LOCK_LARGE) }
    let before = purgedByteCount
    purgeRuns { _ in true }
    return purgedByteCount != before
  }

  /// Gives the last run back if it is free, addresses and all; whether it was.
  static func shrink() -> Bool {
    ace_take(ACE_LOCK_LARGE)
    defer { ace_give(ACE_LOCK_LARGE) }
    let last = usedUnitCount > 1 ? LargeStore.tag(usedUnitCount &- 1) : .border
    let length = last.isFree ? last.length : 0
    let kept = usedUnitCount &- length
    guard Span.shrink(&Span.large, to: UInt(kept) << Layout.largeUnitShift) else { return false }
    if length == 0 { return true }
    bins.remove(kept, length)
    cachedUnitCount &-= UInt64(LargeStore.entry(kept).pointee.residentLength)
    // What begins anew there is told by its tag from what has ended.
    memset(LargeStore.entry(kept), 0, Int(length) * MemoryLayout<LargeTag>.stride)
    usedUnitCount = kept
    return true
  }

  static func checkInvariants() {
    ace_take(ACE_LOCK_LARGE)
    defer { ace_give(ACE_LOCK_LARGE) }
    guard usedUnitCount > 1 else { return }
    let free = bins.checkInvariants(from: 1, to: usedUnitCount)
    require(free == bins.checkBins(), "free large runs are not all in bins", UInt(free))
    require(free &+ liveUnitCount &+ 1 == UInt64(usedUnitCount), "live and free units are not all units", UInt(free))
    require(cachedUnitCount <= free, "more is resident than free", UInt(cachedUnitCount))
  }

  // MARK: Runs and what of them is resident

  private static func take(_ length: UInt32) -> UInt32? {
    var unit = bins.take(length)
    if unit == 0 {
      guard Span.commit(&Span.largeTable, Layout.pageByteCount, step: Layout.pageByteCount) else { return nil }
      let last = LargeStore.tag(usedUnitCount &- 1)
      // A last run that is long enough was not found where it is not the first of its bin.
      let present = last.isFree && last.length < length ? last.length : 0
      guard extend(by: length &- present) else { return nil }
      unit = bins.take(length)
      guard unit != 0 else { return nil }
    }
    let entry = LargeStore.entry(unit).pointee
    let rest = LargeStore.tag(unit &+ length)
    let restLength = rest.isFree ? rest.length : 0
    cachedUnitCount &-= UInt64(entry.residentLength &- inherit(entry, rest: unit &+ length, restLength))
    return unit
  }

  /// Writes down what of a free run's rest may be resident, and since when; how many units.
  private static func inherit(_ former: LargeTag, rest: UInt32, _ length: UInt32) -> UInt32 {
    guard length > 0 else { return 0 }
    let residentLength = min(former.residentLength, length)
    LargeStore.entry(rest).pointee.residentLength = residentLength
    LargeStore.entry(rest).pointee.freedMilliseconds = former.freedMilliseconds
    return residentLength
  }

  /// Gives a live run back, all of it resident or nothing, and joins it with its free neighbours.
  @discardableResult
  private static func give(_ unit: UInt32, isResident: Bool) -> (unit: UInt32, length: UInt32) {
    let length = LargeStore.tag(unit).length
    let before = LargeStore.tag(unit &- 1)
    let after = LargeStore.tag(unit &+ length)
    var resident = isResident ? length : 0
    var freed = isResident ? stamp() : 0
    cachedUnitCount &+= UInt64(resident)
    if before.isFree { join(LargeStore.entry(unit &- before.length).pointee) }
    if after.isFree { join(LargeStore.entry(unit &+ length).pointee) }
    func join(_ neighbour: LargeTag) {
      resident &+= neighbour.residentLength
      if freed == 0 { freed = neighbour.freedMilliseconds }
    }
    let run = bins.give(unit)
    LargeStore.entry(run.unit).pointee.residentLength = resident
    LargeStore.entry(run.unit).pointee.freedMilliseconds = freed
    return run
  }

  /// Gives the first `count` units of a live run back.
  private static func give(_ unit: UInt32, cutAt count: UInt32, isResident: Bool) {
    let length = LargeStore.tag(unit).length
    LargeStore.setTag(unit, .live(count))
    LargeStore.setTag(unit &+ count &- 1, .live(count))
    LargeStore.setTag(unit &+ count, .live(length &- count))
    LargeStore.setTag(unit &+ length &- 1, .live(length &- count))
    give(unit, isResident: isResident)
  }

  /// Gives what is beyond `length` units of a live run back.
  private static func shrink(_ unit: UInt32, to length: UInt32, isResident: Bool) {
    let present = LargeStore.tag(unit).length
    guard length < present else { return }
    let rest = unit &+ length
    LargeStore.setTag(unit, .live(length))
    LargeStore.setTag(rest &- 1, .live(length))
    LargeStore.setTag(rest, .live(present &- length))
    LargeStore.setTag(unit &+ present &- 1, .live(present &- length))
    give(rest, isResident: isResident)
  }

  private static func extend(by length: UInt32) -> Bool {
    let end = usedUnitCount &+ length
    let tableEnd = (UInt(end) &+ 1) &* UInt(MemoryLayout<LargeTag>.stride)
    guard Span.commit(&Span.largeTable, tableEnd, step: Layout.pageByteCount),
      Span.commit(&Span.large, UInt(end) << Layout.largeUnitShift, step: 1 << Layout.largeUnitShift)
    else { return false }
    // What is cached and does not fit makes room for what is touched instead; beyond a few megabytes it is better kept.
    if length <= makeRoomLimit { purge(upTo: UInt64(length)) }
    let start = usedUnitCount
    usedUnitCount = end
    let byteCount = UInt(length) << Layout.largeUnitShift
    if byteCount >= hugePageByteCount, Switch.hugePages.isOn {
      let memory = UnsafeMutableRawPointer(bitPattern: LargeStore.address(start)).unsafelyUnwrapped
      ace_advise_huge_pages(memory, Int(byteCount))
    }
    LargeStore.setTag(start, .live(length))
    LargeStore.setTag(end &- 1, .live(length))
    give(start, isResident: false)
    return true
  }

  // MARK: Giving memory back

  /// Now.
  private static func stamp() -> UInt32 { UInt32(truncatingIfNeeded: PolicyClock.now()) }

  private static func purgeExcess(_ run: (unit: UInt32, length: UInt32)) {
    let now = LargeStore.entry(run.unit).pointee.freedMilliseconds
    let limit = max(UInt64(cacheByteLimit >> Layout.largeUnitShift), peakUnitCount)
    if cachedUnitCount > limit { purge(run.unit, run.length) }
    purgeAged(now)
  }

  private static func purgeAged(_ now: UInt32) {
    guard now &- lastAgedPurge >= purgeDelayMilliseconds else { return }
    lastAgedPurge = now
    peakUnitCount = liveUnitCount
    purgeRuns { now &- $0 >= purgeDelayMilliseconds }
  }

  /// Does what time alone makes due.
  static func tick() {
    if cachedUnitCount == 0 { return }
    ace_take(ACE_LOCK_LARGE)
    purgeAged(stamp())
    ace_give(ACE_LOCK_LARGE)
  }

  /// Gives about so many units of free runs back, because as many are going to be touched elsewhere.
  static func makeRoom(_ byteCount: UInt) {
    if cachedUnitCount == 0 { return }
    ace_take(ACE_LOCK_LARGE)
    purge(upTo: UInt64(unitCount(byteCount)))
    ace_give(ACE_LOCK_LARGE)
  }

  private static func purge(upTo unitCount: UInt64) {
    let end = cachedUnitCount &- min(cachedUnitCount, unitCount)
    purgeRuns { _ in cachedUnitCount > end }
  }

  private static func purgeRuns(where isDue: (_ stamp: UInt32) -> Bool) {
    var unit: UInt32 = 1
    while unit < usedUnitCount {
      let tag = LargeStore.tag(unit)
      let entry = LargeStore.entry(unit).pointee
      if tag.isFree, entry.residentLength != 0, isDue(entry.freedMilliseconds) { purge(unit, tag.length) }
      unit &+= tag.length
    }
  }

  private static func purge(_ unit: UInt32, _ length: UInt32) {
    let memory = UnsafeMutableRawPointer(bitPattern: LargeStore.address(unit)).unsafelyUnwrapped
    let byteCount = UInt(length) << Layout.largeUnitShift
    guard ace_purge(memory, Int(byteCount)) else { return }
    let resident = LargeStore.entry(unit).pointee.residentLength
    LargeStore.entry(unit).pointee.residentLength = 0
    cachedUnitCount &-= UInt64(resident)
    purgedByteCount &+= UInt64(resident) << UInt64(Layout.largeUnitShift)
  }
}
