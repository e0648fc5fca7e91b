// SPDX-License-Identifier: MIT

import Glibc

/// Where numbers lie along an axis.
struct PlotScale {
  enum Kind {
    case linear
    case logarithmic
  }

  let kind: Kind
  /// The numbers at both ends; above zero where the scale is logarithmic.
  let domain: ClosedRange<Double>
  /// Where the ends of the domain are drawn; the first may be the larger.
  let ends: (first: Double, last: Double)

  /// From zero to a bit more than the largest number.
  static func fromZero(to largest: Double, _ first: Double, _ last: Double) -> PlotScale {
    PlotScale(kind: .linear, domain: 0...(largest > 0 ? largest * 1.04 : 1), ends: (first, last))
  }

  /// Around numbers above zero, with some room at both ends; others are passed over.
  ///
  /// - Parameter smallestSpan: How many times the first end the last is, at least.
  static func around(
    _ numbers: some Sequence<Double>, smallestSpan: Double = 1.2, _ first: Double, _ last: Double
  ) -> PlotScale {
    let usable = numbers.filter { $0 > 0 && $0.isFinite }
    var low = log(usable.min() ?? 1)
    var high = log(usable.max() ?? 1)
    let lacking = max(0, log(smallestSpan) - (high - low)) / 2
    low -= lacking
    high += lacking
    let room = (high - low) * 0.06
    return PlotScale(kind: .logarithmic, domain: exp(low - room)...exp(high + room), ends: (first, last))
  }

  func position(_ value: Double) -> Double {
    let share: Double
    switch kind {
    case .linear: share = (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    case .logarithmic:
      guard value > 0 else { return ends.first }
      share = log(value / domain.lowerBound) / log(domain.upperBound / domain.lowerBound)
    }
    return ends.first + share * (ends.last - ends.first)
  }

  /// The same, for numbers outside of the domain its nearest end.
  func clamped(_ value: Double) -> Double {
    position(min(max(value, domain.lowerBound), domain.upperBound))
  }

  /// Round numbers within the domain, about as many as asked for.
  ///
  /// - Parameter unit: What the numbers are multiples of, such as 1048576 where MiB are written.
  func ticks(_ count: Int, unit: Double = 1) -> [Double] {
    switch kind {
    case .linear: Self.even(domain, count, unit)
    case .logarithmic: logarithmicTicks(count, unit)
    }
  }

  private func logarithmicTicks(_ count: Int, _ unit: Double) -> [Double] {
    // Within less than a factor of three, even steps are as good and have rounder numbers.
    if domain.upperBound / domain.lowerBound < 3 { return Self.even(domain, count, unit).filter { $0 > 0 } }
    let first = Int(log10(domain.lowerBound / unit).rounded(.down))
    let last = Int(log10(domain.upperBound / unit).rounded(.up))
    for steps in [[1.0, 1.5, 2, 3, 4, 5, 6, 8], [1, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]] {
      let ticks = (first...last).flatMap { exponent in steps.map { $0 * pow(10, Double(exponent)) * unit } }
        .filter { domain.contains($0) }
      if ticks.count <= count + 1 { return ticks }
    }
    let stride = max(1, (last - first + count) / count)
    return (first...last).filter { $0.isMultiple(of: stride) }.map { pow(10, Double($0)) * unit }
      .filter { domain.contains($0) }
  }

  /// Multiples of 1, 2 or 5 times a power of ten.
  private static func even(_ domain: ClosedRange<Double>, _ count: Int, _ unit: Double) -> [Double] {
    let span = (domain.upperBound - domain.lowerBound) / unit
    guard span > 0, span.isFinite, count > 0 else { return [] }
    let power = pow(10, log10(span / Double(count)).rounded(.down))
    let step = ([1, 2, 5, 10].map { $0 * power }.first { span / $0 <= Double(count) } ?? 10 * power) * unit
    let first = Int((domain.lowerBound / step).rounded(.up))
    let last = Int((domain.upperBound / step).rounded(.down))
    return first > last ? [] : (first...last).map { Double($0) * step }
  }
}
