// SPDX-License-Identifier: MIT

/// Which block lies before another.
enum Neighbour {
  /// The block that ends where one begins; nil when that is the first of its slab, or what it is cannot be known.
  static func before(_ address: UInt) -> UnsafeMutableRawPointer? {
    if Span.tiny.contains(address) {
      let slab = Slab(containing: address)
      let size = slab.sizeClass.blockByteCount
      let uncarved = slab.capacity &- UInt(slab.record.pointee.carved)
      let first = slab.start &+ uncarved &* size &+ Layout.blockPrefixByteCount
      return address > first ? UnsafeMutableRawPointer(bitPattern: address &- size) : nil
    }
    // A mid block's neighbour may be another thread's to change, but for those of its own heap.
    guard Span.mid.contains(address) else { return nil }
    let unit = MidStore.unit(address)
    guard MidSuperslab.containing(address).pointee.owner == Gate.heap else { return nil }
    let tag = MidStore.tag(unit &- 1)
    guard !tag.isFree, tag != .border else { return nil }
    return UnsafeMutableRawPointer(bitPattern: MidStore.address(unit &- tag.length))
  }
}
