// SPDX-License-Identifier: MIT

extension Double {
  /// The number's place among all doubles: neighbours differ by one, and both zeros are 0. Not for NaN.
  var ordinal: Int64 {
    // The bits of positive doubles ascend as the numbers do; those of negative ones are a sign and the same magnitude.
    let bits = Int64(bitPattern: bitPattern)
    return bits >= 0 ? bits : Int64.min &- bits
  }

  /// The number at a place; 0 is the positive zero.
  init(ordinal: Int64) {
    self.init(bitPattern: UInt64(bitPattern: ordinal >= 0 ? ordinal : Int64.min &- ordinal))
  }

  /// The least number within a range for which a condition holds that, once it holds, holds for all larger numbers; the
  /// range's upper end if it holds for none before. At most 64 questions are asked.
  static func least(in range: ClosedRange<Double>, where holds: (Double) -> Bool) -> Double {
    var low = range.lowerBound.ordinal
    var high = range.upperBound.ordinal
    while low < high {
      let middle = floorOfMean(low, high)
      if holds(Double(ordinal: middle)) { high = middle } else { low = middle + 1 }
    }
    return Double(ordinal: high)
  }
}

/// (first + second) / 2, rounded down, where the sum itself might not fit.
func floorOfMean(_ first: Int64, _ second: Int64) -> Int64 { (first >> 1) + (second >> 1) + (first & second & 1) }
