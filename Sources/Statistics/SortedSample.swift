// SPDX-License-Identifier: MIT

/// Numbers in ascending order, and where they lie.
public struct SortedSample: Equatable, Sendable {
  /// The numbers, smallest first; never empty.
  public let values: [Double]

  /// Nil when there are no numbers, or when one of them is not a number.
  public init?(_ values: some Sequence<Double>) {
    let sorted = values.sorted()
    guard !sorted.isEmpty, !sorted.contains(where: \.isNaN) else { return nil }
    self.values = sorted
  }

  /// The number below which `fraction` of the distribution lies, interpolated between the two nearest numbers: with n
  /// numbers x(0) to x(n-1), h = (n - 1) * fraction and i = floor h, it is x(i) + (h - i) * (x(i + 1) - x(i)).
  ///
  /// Definition 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50, 1996.
  ///
  /// - Parameter fraction: From 0, the smallest number, to 1, the largest.
  public func quantile(_ fraction: Double) -> Double {
    precondition(fraction >= 0 && fraction <= 1, "a quantile is asked for at a fraction from 0 to 1")
    let position = Double(values.count - 1) * fraction
    let lower = Int(position)
    let upper = min(lower + 1, values.count - 1)
    let weight = position - Double(lower)
    return weight == 0 ? values[lower] : values[lower] + weight * (values[upper] - values[lower])
  }

  /// The middle number, or the mean of the two in the middle.
  public var median: Double { quantile(0.5) }
}
