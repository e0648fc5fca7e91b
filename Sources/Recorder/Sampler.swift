// SPDX-License-Identifier: MIT

import CRecorder

/// Chooses blocks so that every byte asked for is as likely to be in one as any other: the bytes between two that are
/// chosen follow a geometric distribution (as in tcmalloc and jemalloc), drawn as -mean × ln(uniform).
struct Sampler {
  private var state: UInt64
  private var remainingByteCount: Int64 = 0
  private var hasBegun = false

  init(seed: UInt64) {
    // The finalizer of splitmix64 (Steele, Lea and Flood 2014): from a number with few bits xorshift begins with small
    // ones, and so with gaps far above the mean.
    var mixed = (seed &+ 1) &* 0x9e37_79b9_7f4a_7c15
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    state = (mixed ^ mixed >> 31) | 1
  }

  /// Whether a block of this size is one of the sample.
  mutating func takes(_ size: Int, mean: UInt64) -> Bool {
    if !hasBegun {
      hasBegun = true
      remainingByteCount = gap(mean: mean)
    }
    remainingByteCount &-= Int64(max(size, 1))
    guard remainingByteCount < 0 else { return false }
    // The distribution has no memory: how far this block went beyond the chosen byte does not matter.
    remainingByteCount = gap(mean: mean)
    return true
  }

  /// The bytes to the next one that is chosen.
  mutating func gap(mean: UInt64) -> Int64 {
    // xorshift64 (Marsaglia 2003).
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    let uniform = (Double(state >> 11) + 1) * 0x1p-53
    return Int64(min(-Self.logarithm(uniform) * Double(mean), 0x1p62))
  }

  /// The natural logarithm of a positive number, to 1 part in 10^7: no libm inside a stranger's process.
  static func logarithm(_ value: Double) -> Double {
    // ln(m × 2^e) = e ln 2 + 2 artanh((m - 1) / (m + 1)), with m in 1 ..< 2.
    let ratio = (value.significand - 1) / (value.significand + 1)
    let square = ratio * ratio
    var sum = 0.0
    var term = ratio
    var divisor = 1.0
    while divisor < 16 {
      sum += term / divisor
      term *= square
      divisor += 2
    }
    return Double(value.exponent) * 0.693_147_180_559_945_3 + 2 * sum
  }
}
