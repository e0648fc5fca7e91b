// SPDX-License-Identifier: MIT

import Glibc

/// How many times larger one of two quantities measured in pairs is than the other.
public struct PairedRatio: Equatable, Sendable {
  /// exp of the Hodges-Lehmann centre of ln(numerator / denominator).
  public let ratio: Double
  /// Holds the ratio with probability of at least 95 %; nil with fewer than `smallestCountWithInterval` pairs.
  public let interval: ClosedRange<Double>?
  /// The median of the single ratios: what is left to say when there is no interval.
  public let medianRatio: Double
  /// How many pairs there were.
  public let pairCount: Int

  /// With five pairs the widest interval there is, from the least to the greatest ratio, is right in only 15 of 16
  /// cases.
  public static let smallestCountWithInterval = 6

  /// - Parameter pairs: One per round; all numbers above zero.
  /// - Returns: Nil when there are no pairs or a number is not above zero.
  public init?(_ pairs: [(numerator: Double, denominator: Double)]) {
    guard pairs.allSatisfy({ $0.numerator > 0 && $0.denominator > 0 }),
      let centre = HodgesLehmann(differences: pairs.map { log($0.numerator) - log($0.denominator) }),
      let ratios = SortedSample(pairs.map { $0.numerator / $0.denominator })
    else { return nil }
    ratio = exp(centre.estimate)
    interval = centre.interval.map { exp($0.lowerBound)...exp($0.upperBound) }
    medianRatio = ratios.median
    pairCount = pairs.count
  }
}
