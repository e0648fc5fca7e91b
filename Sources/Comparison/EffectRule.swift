// SPDX-License-Identifier: MIT

import Glibc
import Statistics

/// When a comparison calls something better, worse or the same.
public struct EffectRule: Equatable, Sendable {
  /// The largest difference that counts as none, as a fraction: 0.02 for ratios from 0.98 to 1 / 0.98, so that it does
  /// not matter which of two is the base.
  public var margin: Double
  /// Of what is called better or worse in a family, the share that may be so by chance (Benjamini and Hochberg, 1995).
  public var significance: Double

  public init(margin: Double = 0.02, significance: Double = 0.05) {
    self.margin = margin
    self.significance = significance
  }

  /// The margin as a logarithm of a ratio; not negative.
  private var marginLog: Double { -log1p(-margin) }

  /// - Parameter adjustedProbability: Two-sided, after the correction for the effect's family.
  public func verdict(_ effect: PairedEffect, adjustedProbability: Double) -> EffectVerdict {
    guard let interval = effect.interval else { return .unclear }
    if interval.lowerBound >= -marginLog, interval.upperBound <= marginLog { return .same }
    guard adjustedProbability <= significance, !interval.contains(0) else { return .unclear }
    return effect.estimate > 0 ? .better : .worse
  }

  /// About how many rounds it takes to say more of an unclear effect, if it is what it seems to be: until its interval
  /// lies within the margin, or until it is significant, whichever comes first.
  ///
  /// - Parameter share: The part of `significance` that is left to the effect by others of its family.
  /// - Returns: Nil with one round, and where no number of rounds will do.
  public func roundsNeeded(_ effect: PairedEffect, share: Double = 1) -> Int? {
    guard let deviation = effect.standardDeviation else { return nil }
    func rounds(halfWidth: Double, tail: Double) -> Int {
      halfWidth > 0 ? Statistics.roundsNeeded(standardDeviation: deviation, width: 2 * halfWidth, tail: tail) : Int.max
    }
    let distance = effect.estimate.magnitude
    let count = min(
      rounds(halfWidth: marginLog - distance, tail: 0.025), rounds(halfWidth: distance, tail: significance * share / 2))
    // The formula is of many rounds: what was unclear after these wants half as many again, whatever it says.
    return count == Int.max ? nil : max(count, effect.roundCount * 3 / 2, StageLimits.smallestMinimum)
  }
}
