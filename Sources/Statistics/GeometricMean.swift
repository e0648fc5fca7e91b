// SPDX-License-Identifier: MIT

import Glibc

/// The n-th root of the product of n positive numbers, the mean that suits ratios: exp(mean(ln x)).
///
/// - Returns: Nil when there are no numbers, or when one of them is not above zero.
public func geometricMean(_ values: some Sequence<Double>) -> Double? {
  var sum = 0.0
  var count = 0
  for value in values {
    guard value > 0 else { return nil }
    sum += log(value)
    count += 1
  }
  return count == 0 ? nil : exp(sum / Double(count))
}
