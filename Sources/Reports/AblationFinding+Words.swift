// SPDX-License-Identifier: MIT

import Comparison
import Results

extension AblationFinding {
  /// What a setting is worth: "3.1 % more throughput".
  var worth: String { Self.difference(figure.ratio) + " " + metric.amount }

  /// The same with its interval: "3.1 % more throughput (2.0 % to 4.2 %)".
  var worthWithInterval: String {
    guard let interval = figure.interval else { return worth }
    if Set(figure.effect.differences).count == 1 { return worth + ", the same in every round" }
    let isMore = figure.ratio > 1
    let (near, far) = isMore ? (interval.lowerBound, interval.upperBound) : (interval.upperBound, interval.lowerBound)
    return "\(worth) (\(NumberFormat.percent((near - 1).magnitude)) to \(NumberFormat.percent((far - 1).magnitude)))"
  }

  /// "gain" or "cost" of what is moved.
  var kind: String { figure.verdict == .better ? "gain" : figure.verdict == .worse ? "cost" : "" }

  /// The limit of what may still be there unseen, such as "2.1 %"; nil without an interval.
  var limit: String? { largestPossibleDifference.map(AblationWords.limit) }

  /// A median without what is added to sizes before they are compared.
  func shown(_ median: Double?) -> String {
    guard let median else { return "" }
    return NumberFormat.text((median - AblationRows.allowance(of: metric)).rounded(ifWhole: metric), unit: metric.unit)
  }

  static func probability(_ value: Double?) -> String { value.map(NumberFormat.probability) ?? "–" }

  private static func difference(_ ratio: Double) -> String {
    NumberFormat.percent((ratio - 1).magnitude) + (ratio < 1 ? " less" : " more")
  }
}

extension Metric {
  /// What there is more or less of.
  fileprivate var amount: String { AblationWords.title(of: self) }
}

extension Double {
  /// Sizes are whole; what was added and taken away again leaves a trace.
  fileprivate func rounded(ifWhole metric: Metric) -> Double { metric.unit == .bytes ? rounded() : self }
}
