// SPDX-License-Identifier: MIT

/// The addresses of the blocks that are live: a hash table with linear probing, whose size follows their highest number.
struct RawLiveBlocks {
  private var addresses = [UInt64](repeating: 0, count: 1 << 10)
  private var shift: UInt64 = 64 - 10
  private var count = 0

  /// Adds an address other than 0; false when it is there already.
  mutating func insert(_ address: UInt64) -> Bool {
    if count &* 2 >= addresses.count { grow() }
    let mask = addresses.count &- 1
    let shift = shift
    let isNew = addresses.withUnsafeMutableBufferPointer { places in
      var index = Int(truncatingIfNeeded: Self.hash(address) &>> shift)
      while places[index] != 0 {
        if places[index] == address { return false }
        index = (index &+ 1) & mask
      }
      places[index] = address
      return true
    }
    if isNew { count &+= 1 }
    return isNew
  }

  /// Takes an address out; false when it is not there.
  mutating func remove(_ address: UInt64) -> Bool {
    let mask = addresses.count &- 1
    let shift = shift
    let wasThere = addresses.withUnsafeMutableBufferPointer { places in
      var gap = Int(truncatingIfNeeded: Self.hash(address) &>> shift)
      while places[gap] != address {
        if places[gap] == 0 { return false }
        gap = (gap &+ 1) & mask
      }
      // Later members of the run move up where that brings them nearer to their home.
      var next = (gap &+ 1) & mask
      while places[next] != 0 {
        let home = Int(truncatingIfNeeded: Self.hash(places[next]) &>> shift)
        if (next &- home) & mask >= (next &- gap) & mask {
          places[gap] = places[next]
          gap = next
        }
        next = (next &+ 1) & mask
      }
      places[gap] = 0
      return true
    }
    if wasThere { count &-= 1 }
    return wasThere
  }

  // 2^64 divided by the golden ratio.
  private static func hash(_ address: UInt64) -> UInt64 { address &* 0x9e37_79b9_7f4a_7c15 }

  private mutating func grow() {
    let former = addresses
    addresses = [UInt64](repeating: 0, count: former.count * 2)
    shift -= 1
    count = 0
    for address in former where address != 0 { _ = insert(address) }
  }
}
