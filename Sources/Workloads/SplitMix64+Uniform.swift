// SPDX-License-Identifier: MIT

extension SplitMix64 {
  /// A whole number from 0 up to but not including `bound`, which is above 0.
  ///
  /// The high half of a product (Lemire, "Fast random integer generation in an interval", 2019) without its rejection
  /// step: no number is off its share by more than `bound` parts in 2^64.
  mutating func uniform(below bound: Int) -> Int {
    Int(truncatingIfNeeded: UInt64(truncatingIfNeeded: bound).multipliedFullWidth(by: next()).high)
  }

  /// A whole number of a range, both ends included.
  mutating func uniform(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + uniform(below: range.upperBound - range.lowerBound + 1)
  }

  /// A number from 0 up to but not including 1, a multiple of 2^-53.
  mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// True with a probability from 0 to 1.
  mutating func chance(_ probability: Double) -> Bool {
    unit() < probability
  }
}
