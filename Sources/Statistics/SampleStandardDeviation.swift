// SPDX-License-Identifier: MIT

/// The standard deviation of the distribution that numbers were drawn from, as estimated from them: with n - 1 in the
/// denominator.
///
/// - Returns: Nil when there are fewer than two numbers or one of them is not finite.
public func sampleStandardDeviation(_ values: [Double]) -> Double? {
  guard values.count >= 2, values.allSatisfy(\.isFinite) else { return nil }
  let mean = values.reduce(0, +) / Double(values.count)
  // Taking the mean off first keeps the digits of numbers that differ by little.
  let squareSum = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (squareSum / Double(values.count - 1)).squareRoot()
}
