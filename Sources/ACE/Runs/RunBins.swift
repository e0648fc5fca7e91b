// SPDX-License-Identifier: MIT

/// Free runs by length, and the rules by which they are split and joined: good fit in constant time.
///
/// Conservation: every unit of a store belongs to one run; no two neighbouring runs are free; a run is in the bin of its
/// length exactly when it is free.
struct RunBins<Store: RunStore> {
  private var occupied = InlineArray<3, UInt64>(repeating: 0)
  private var first = InlineArray<192, UInt32>(repeating: 0)

  /// Takes a run of exactly `length` units out of a free one; 0 when none is long enough.
  mutating func take(_ length: UInt32) -> UInt32 {
    let unit = find(length)
    guard unit != 0 else { return 0 }
    let available = Store.tag(unit).length
    remove(unit, available)
    if available > length {
      let rest = unit &+ length
      Self.mark(rest, .free(available &- length))
      insert(rest, available &- length)
    }
    Self.mark(unit, .live(length))
    return unit
  }

  /// Gives a live run back and joins it with its free neighbours; the run that comes of it.
  mutating func give(_ unit: UInt32) -> (unit: UInt32, length: UInt32) {
    var start = unit
    var length = Store.tag(unit).length
    let before = Store.tag(unit &- 1)
    if before.isFree {
      start &-= before.length
      remove(start, before.length)
      length &+= before.length
    }
    let after = Store.tag(start &+ length)
    if after.isFree {
      remove(start &+ length, after.length)
      length &+= after.length
    }
    Self.mark(start, .free(length))
    insert(start, length)
    return (start, length)
  }

  /// Makes a live run `length` units long where it is; false when what follows is in use or too short.
  mutating func resize(_ unit: UInt32, to length: UInt32) -> Bool {
    let present = Store.tag(unit).length
    if length == present { return true }
    let after = Store.tag(unit &+ present)
    var available = present
    if after.isFree {
      guard length <= present &+ after.length else { return false }
      remove(unit &+ present, after.length)
      available &+= after.length
    } else if length > present {
      return false
    }
    Self.mark(unit, .live(length))
    if available > length {
      Self.mark(unit &+ length, .free(available &- length))
      insert(unit &+ length, available &- length)
    }
    return true
  }

  /// Cuts the first `count` units off a live run and makes them free.
  mutating func trimFront(_ unit: UInt32, _ count: UInt32) {
    let length = Store.tag(unit).length
    Self.mark(unit, .live(count))
    Self.mark(unit &+ count, .live(length &- count))
    _ = give(unit)
  }

  /// Adds units that were never part of a run, between two borders or behind the last run.
  mutating func add(_ unit: UInt32, _ length: UInt32) {
    Self.mark(unit, .live(length))
    _ = give(unit)
  }

  /// Takes a free run out of its bin, to use it whole or to give it up.
  mutating func remove(_ unit: UInt32, _ length: UInt32) {
    let bin = RunBin.holding(length)
    let next = Store.next(unit)
    let previous = Store.previous(unit)
    if next != 0 { Store.setPrevious(next, previous) }
    if previous != 0 {
      Store.setNext(previous, next)
    } else {
      first[unchecked: bin] = next
      if next == 0 { occupied[unchecked: bin / 64] &= ~(1 << UInt64(bin % 64)) }
    }
  }

  func firstRun(_ bin: Int) -> UInt32 { first[unchecked: bin] }
  func isOccupied(_ bin: Int) -> Bool { occupied[unchecked: bin / 64] & (1 << UInt64(bin % 64)) != 0 }

  private mutating func insert(_ unit: UInt32, _ length: UInt32) {
    let bin = RunBin.holding(length)
    let next = first[unchecked: bin]
    Store.setNext(unit, next)
    Store.setPrevious(unit, 0)
    if next != 0 { Store.setPrevious(next, unit) }
    first[unchecked: bin] = unit
    occupied[unchecked: bin / 64] |= 1 << UInt64(bin % 64)
  }

  /// The first run of a bin whose runs all fit; or one of the bin below that happens to.
  private mutating func find(_ length: UInt32) -> UInt32 {
    let below = RunBin.holding(length)
    let start = RunBin.satisfying(length)
    if below < start {
      let candidate = first[unchecked: below]
      if candidate != 0, Store.tag(candidate).length >= length { return candidate }
    }
    var word = start / 64
    var candidates = occupied[unchecked: word] & (UInt64.max << UInt64(start % 64))
    while candidates == 0 {
      word += 1
      if word == 3 { return 0 }
      candidates = occupied[unchecked: word]
    }
    var unit = first[unchecked: word * 64 + candidates.trailingZeroBitCount]
    // The last bin has no upper end, so that its runs need not fit.
    while unit != 0, Store.tag(unit).length < length { unit = Store.next(unit) }
    return unit
  }

  @inline(__always) private static func mark(_ unit: UInt32, _ tag: RunTag) {
    Store.setTag(unit, tag)
    Store.setTag(unit &+ tag.length &- 1, tag)
  }
}
