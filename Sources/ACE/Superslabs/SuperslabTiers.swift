// SPDX-License-Identifier: MIT

/// The superslabs that have a free slab, by tier, the hot ones by how full they are. A superslab is in one place at a time.
struct SuperslabTiers {
  // Derived: eight places for hot superslabs, by slabs in use in fours; one for those that drain, one for free ones.
  private static var drainingPlace: UInt8 { 8 }
  private static var freePlace: UInt8 { 9 }
  static var nowhere: UInt8 { 10 }

  private var places = InlineArray<10, FirstFreeIndex>(repeating: FirstFreeIndex())

  /// Puts a superslab where its record says that it belongs.
  mutating func update(_ index: UInt, _ superslab: UnsafeMutablePointer<Superslab>) {
    let place = Self.place(superslab.pointee)
    let former = superslab.pointee.place
    if place == former { return }
    if former != Self.nowhere { places[unchecked: Int(former)].remove(index) }
    if place != Self.nowhere { places[unchecked: Int(place)].insert(index) }
    superslab.pointee.place = place
  }

  /// Takes a superslab out that is not there any more.
  mutating func remove(_ index: UInt, _ superslab: UnsafeMutablePointer<Superslab>) {
    if superslab.pointee.place != Self.nowhere { places[unchecked: Int(superslab.pointee.place)].remove(index) }
    superslab.pointee.place = Self.nowhere
  }

  /// The superslab that the next slab is best taken from; nil when none has a free one. `mutating` as `FirstFreeIndex.first` is.
  mutating func best() -> UInt? {
    var place = 7
    while place >= 0 {
      if let index = places[unchecked: place].first() { return index }
      place -= 1
    }
    return places[unchecked: Int(Self.drainingPlace)].first() ?? places[unchecked: Int(Self.freePlace)].first()
  }

  private static func place(_ superslab: Superslab) -> UInt8 {
    if superslab.free == 0 { return nowhere }
    switch superslab.tier {
    case .hot: return UInt8(truncatingIfNeeded: superslab.usedCount / 4)
    case .draining: return drainingPlace
    case .free: return freePlace
    }
  }
}
