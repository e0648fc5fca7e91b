// SPDX-License-Identifier: MIT

import Glibc
import Results
import Statistics

/// How a metric of the candidate compares with that of its base in a cell, or on the average of several.
public struct EffectFinding: Equatable, Sendable {
  public let metric: Metric
  public let arms: ComparedArms
  /// Nil for the geometric mean of several.
  public let cell: Cell?
  /// How many cells the mean is of; 1 for a cell.
  public let cellCount: Int
  /// In the metric's unit; nil for a mean.
  public var baseMedian: Double?
  public var candidateMedian: Double?
  public let effect: PairedEffect
  /// Two-sided, of there being no difference; nil where there is no interval.
  public let probability: Double?
  /// The same after the correction of Benjamini and Hochberg for its family.
  public var adjustedProbability: Double?
  public var verdict = EffectVerdict.unclear
  /// About how many rounds it takes to say more; nil where that is not known, and where it is clear.
  public var roundsNeeded: Int?

  /// - Parameter effect: In goodness: more is better.
  init(_ metric: Metric, _ arms: ComparedArms, _ cell: Cell?, cellCount: Int = 1, _ effect: PairedEffect) {
    self.metric = metric
    self.arms = arms
    self.cell = cell
    self.cellCount = cellCount
    self.effect = effect
    probability =
      effect.interval == nil ? nil : SignedRankTest.twoSidedProbability(differences: effect.differences)
  }

  public var roundCount: Int { effect.roundCount }

  /// candidate ÷ base of the metric: the centre of the rounds' ratios, or their median where there is no interval.
  public var ratio: Double {
    let median = SortedSample(effect.differences)?.median
    return ratio(of: effect.interval == nil ? median ?? effect.estimate : effect.estimate)
  }

  /// Holds the ratio with a probability of at least 95 %; nil with fewer than six rounds.
  public var interval: ClosedRange<Double>? {
    effect.interval.map { interval in
      let ends = [ratio(of: interval.lowerBound), ratio(of: interval.upperBound)]
      return min(ends[0], ends[1])...max(ends[0], ends[1])
    }
  }

  private func ratio(of goodness: Double) -> Double { exp(metric.goodness(of: goodness)) }
}
