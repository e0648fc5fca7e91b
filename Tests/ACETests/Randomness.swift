// SPDX-License-Identifier: MIT

/// A seeded sequence, the same on every machine: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014).
struct Randomness: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A number of 0..<bound; quick enough for loops of a debug build.
  mutating func below<Number: FixedWidthInteger>(_ bound: Number) -> Number {
    Number(truncatingIfNeeded: next() % UInt64(bound))
  }

  /// A number from 1 to `limit`, of any magnitude with equal likelihood.
  mutating func anyMagnitude<Number: FixedWidthInteger>(upTo limit: Number) -> Number {
    let bits = Number.bitWidth - limit.leadingZeroBitCount
    return min(limit, 1 + below(Number(1) << below(Number(bits))))
  }

  /// Takes an element out of an array at random.
  mutating func remove<Element>(from elements: inout [Element]) -> Element {
    elements.swapAt(below(elements.count), elements.count - 1)
    return elements.removeLast()
  }
}
