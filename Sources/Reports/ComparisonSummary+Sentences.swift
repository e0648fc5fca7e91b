// SPDX-License-Identifier: MIT

import Statistics

extension ComparisonSummary {
  /// "mimalloc ran 1.31 (1.28 to 1.34) times faster than system".
  static func speedSentence(_ ratio: PairedRatio, _ subject: String, _ object: String) -> String {
    guard let interval = ratio.interval else {
      let median = ratio.medianRatio
      let claim =
        median == 1
        ? "as fast as \(object)"
        : "\(number(max(median, 1 / median))) times \(median > 1 ? "faster" : "slower") than \(object)"
      return "\(subject) ran \(claim) \(remark(ratio))"
    }
    if interval.contains(1) {
      return
        "\(subject) ran as fast as \(object) within the noise: \(withInterval(ratio.ratio, interval)) times its speed"
    }
    if interval.lowerBound > 1 {
      return "\(subject) ran \(withInterval(ratio.ratio, interval)) times faster than \(object)"
    }
    let inverse = 1 / interval.upperBound...1 / interval.lowerBound
    return "\(subject) ran \(withInterval(1 / ratio.ratio, inverse)) times slower than \(object)"
  }

  /// "mimalloc used 0.62 (0.61 to 0.63) times the peak memory of system".
  static func memorySentence(_ ratio: PairedRatio, _ subject: String, _ object: String) -> String {
    guard let interval = ratio.interval else {
      return "\(subject) used \(number(ratio.medianRatio)) times the peak memory of \(object) \(remark(ratio))"
    }
    return "\(subject) used \(withInterval(ratio.ratio, interval)) times the peak memory of \(object)"
  }

  private static func withInterval(_ ratio: Double, _ interval: ClosedRange<Double>) -> String {
    "\(number(ratio)) (\(number(interval.lowerBound)) to \(number(interval.upperBound)))"
  }

  /// Two digits after the point from one tenth up, three significant ones below.
  private static func number(_ ratio: Double) -> String {
    ratio >= 0.1 && ratio < 10 ? NumberFormat.fixed(ratio, decimals: 2) : NumberFormat.significant(ratio)
  }

  private static func remark(_ ratio: PairedRatio) -> String {
    let rounds = ratio.pairCount == 1 ? "1 round" : "median of \(ratio.pairCount) rounds"
    return "(\(rounds); no 95 % interval exists for fewer than \(PairedRatio.smallestCountWithInterval))"
  }
}
