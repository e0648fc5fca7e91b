// SPDX-License-Identifier: MIT

import Comparison
import Glibc
import Statistics

/// How many times more one of two has than the other, as sentences and tables say it.
struct StatedRatio {
  /// The centre of the rounds' ratios, or their median where there is no interval.
  var value: Double
  /// Holds the ratio with a probability of at least 95 %; nil with fewer than six rounds.
  var interval: ClosedRange<Double>?
  var roundCount: Int

  init(_ ratio: PairedRatio) {
    value = ratio.interval == nil ? ratio.medianRatio : ratio.ratio
    interval = ratio.interval
    roundCount = ratio.pairCount
  }

  init(_ finding: EffectFinding) {
    value = finding.ratio
    interval = finding.interval
    roundCount = finding.roundCount
  }

  /// Of what was spent, where the effect says what was gained.
  init(spentOf effect: PairedEffect) {
    value = exp(-effect.estimate)
    interval = effect.interval.map { exp(-$0.upperBound)...exp(-$0.lowerBound) }
    roundCount = effect.roundCount
  }

  private init(value: Double, interval: ClosedRange<Double>?, roundCount: Int) {
    (self.value, self.interval, self.roundCount) = (value, interval, roundCount)
  }

  /// How many times more the other one has.
  var inverse: StatedRatio {
    StatedRatio(
      value: 1 / value, interval: interval.map { 1 / $0.upperBound...1 / $0.lowerBound }, roundCount: roundCount)
  }

  /// "1.31 (1.28 to 1.34)", without the interval where there is none.
  var text: String {
    guard let interval else { return Self.number(value, decimals: 2) }
    let numbers = [value, interval.lowerBound, interval.upperBound].map { Self.number($0, decimals: decimals) }
    return "\(numbers[0]) (\(numbers[1]) to \(numbers[2]))"
  }

  /// Two, and more where an end of the interval would read as 1 that is not: what is beyond doubt shall look it.
  private var decimals: Int {
    guard let interval, !interval.contains(1) else { return 2 }
    let end = value > 1 ? interval.lowerBound : interval.upperBound
    return (2..<5).first { Self.number(end, decimals: $0) != Self.number(1, decimals: $0) } ?? 5
  }

  /// What a sentence says in place of an interval; empty where there is one.
  var remark: String {
    guard interval == nil else { return "" }
    let rounds = roundCount == 1 ? "1 round" : "median of \(roundCount) rounds"
    return " (\(rounds); no 95 % interval exists for fewer than \(PairedRatio.smallestCountWithInterval))"
  }

  /// So many digits after the point from one tenth up, three significant ones below.
  private static func number(_ ratio: Double, decimals: Int) -> String {
    ratio >= 0.1 && ratio < 10 ? NumberFormat.fixed(ratio, decimals: decimals) : NumberFormat.significant(ratio)
  }
}
