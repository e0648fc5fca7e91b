// SPDX-License-Identifier: MIT

import Statistics

/// The decisions of a gate that holds a session against earlier ones; pure functions. A session is one number here, for
/// numbers of one session are alike in ways that those of the next are not: its own interval says nothing of that.
public enum HistoryRule {
  /// Fewer sessions than this predict nothing.
  public static let minimumSessionCount = 5
  /// The next session lies beyond either end of the interval with this probability.
  public static let tail = 0.05
  /// The reference strays by chance in no more than this fraction of gates.
  public static let straySignificance = 0.05

  /// A hypothesis with its verdict.
  public struct Judgement: Equatable, Sendable {
    public var verdict: FindingVerdict
    /// Of the next session after the earlier ones; nil with fewer than two.
    public var interval: PredictionInterval?
    /// How likely a session this low is when nothing has changed; 1 without an interval.
    public var probability: Double
    /// The same after Holm's correction for all hypotheses.
    public var adjustedProbability: Double
    /// Whether it lies above the interval.
    public var isImprovement: Bool
  }

  /// The verdicts of a family. A loss is one when it is more than is tolerated, lies below the prediction interval, and
  /// is unlikely among all hypotheses together (Holm, 1979): of 20 cells one would else be below its interval in most
  /// sessions. A pass excludes a loss of `detect`, and needs no correction, for all have to pass.
  public static func judge(_ hypotheses: [HistoryHypothesis], significance: Double) -> [Judgement] {
    let intervals = hypotheses.map { PredictionInterval($0.earlier, tail: tail) }
    let probabilities = zip(hypotheses, intervals).map { hypothesis, interval in
      interval.map { probability(of: hypothesis.estimate, $0) } ?? 1
    }
    let adjusted = holmAdjusted(probabilities)
    return hypotheses.indices.map { index in
      var judgement = Judgement(
        verdict: .inconclusive, interval: intervals[index], probability: probabilities[index],
        adjustedProbability: adjusted[index], isImprovement: false)
      guard let interval = intervals[index], interval.count >= minimumSessionCount else { return judgement }
      let margins = hypotheses[index].margins
      let change = hypotheses[index].estimate - interval.mean
      judgement.isImprovement = change > interval.halfWidth
      if change < -interval.halfWidth, change < margins.tolerateLog, adjusted[index] <= significance {
        judgement.verdict = .regress
      } else if change - interval.halfWidth > margins.detectLog {
        judgement.verdict = .pass
      }
      return judgement
    }
  }

  /// Where a figure of the reference lies that is out of the ordinary, as logarithms; nil for one that is not.
  ///
  /// - Parameters:
  ///   - familyCount: How many figures are looked at; the more, the wider (Bonferroni).
  ///   - margins: A deviation of no more than is tolerated is none, however well earlier sessions agree.
  public static func strayed(
    _ goodness: Double, earlier: [Double], familyCount: Int, margins: Margins
  ) -> ClosedRange<Double>? {
    guard earlier.count >= minimumSessionCount,
      let interval = PredictionInterval(earlier, tail: straySignificance / 2 / Double(max(1, familyCount)))
    else { return nil }
    let halfWidth = max(interval.halfWidth, -margins.tolerateLog)
    guard abs(goodness - interval.mean) > halfWidth else { return nil }
    return interval.mean - halfWidth...interval.mean + halfWidth
  }

  /// From where on a loss in one of a family is called one, whatever the others are, as a positive logarithm.
  ///
  /// - Parameter allowance: The half-width of the prediction interval from so many sessions, at least two.
  public static func smallestSureLoss(
    allowance: Double, sessionCount: Int, familyCount: Int, significance: Double, margins: Margins
  ) -> Double {
    let distribution = StudentT(degreesOfFreedom: sessionCount - 1)
    let first = distribution.quantile(1 - significance / Double(max(1, familyCount)))
    return max(allowance, allowance * first / distribution.quantile(1 - tail), -margins.tolerateLog)
  }

  /// P(T <= t) with the distance to the mean in units of the next number's standard error.
  private static func probability(of estimate: Double, _ interval: PredictionInterval) -> Double {
    let change = estimate - interval.mean
    let error = interval.standardDeviation * (1 + 1 / Double(interval.count)).squareRoot()
    // Sessions that agree to the last digit predict the next to the last digit.
    guard error > 0 else { return change < 0 ? 0 : 1 }
    return StudentT(degreesOfFreedom: interval.count - 1).probability(below: change / error)
  }
}
