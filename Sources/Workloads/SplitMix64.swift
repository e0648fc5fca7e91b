// SPDX-License-Identifier: MIT

/// A small pseudorandom generator whose sequence is the same on every machine: Steele, Lea and Flood, "Fast splittable
/// pseudorandom number generators", OOPSLA 2014.
public struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  /// One of many sequences of the same seed: a thread's own.
  init(seed: UInt64, stream: UInt64) {
    var ofSeed = SplitMix64(seed: seed)
    var ofStream = SplitMix64(seed: ofSeed.next() &+ stream)
    state = ofStream.next()
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
