// SPDX-License-Identifier: MIT

import Comparison
import Glibc

extension GateFinding {
  /// "0.951 (0.943 to 0.958)": head ÷ base as measured, with its interval of 95 %.
  var ratioWords: String {
    guard let ratio else { return "-" }
    guard let lowRatio, let highRatio else { return NumberFormat.ratio(ratio) + " (no interval)" }
    return "\(NumberFormat.ratio(ratio)) (\(NumberFormat.ratio(lowRatio)) to \(NumberFormat.ratio(highRatio)))"
  }

  /// "4.9 % slower"; what is not sure is told as the range that it lies in.
  var meaning: String {
    guard let ratio else { return "not measured" }
    if let history { return history.meanRatio.map { metric.meaning(of: ratio / $0) + " than before" } ?? "no history" }
    guard let lowRatio, let highRatio else { return metric.meaning(of: ratio) + ", unsure" }
    guard lowRatio <= 1, highRatio >= 1 else { return metric.meaning(of: ratio) }
    if verdict == .inconclusive {
      let ends = metric.isHigherBetter ? [lowRatio, highRatio] : [highRatio, lowRatio]
      return ends.filter { $0 != 1 }.map(metric.meaning).joined(separator: " to ")
    }
    return "no clear change"
  }

  /// After Holm's correction; "-" where none was made.
  var probabilityWords: String { adjustedProbability.map(NumberFormat.probability) ?? "-" }

  /// The verdict, with what an undecided one would take.
  var verdictWords: String {
    switch verdict {
    case .inconclusive where history != nil: verdict.rawValue
    case .inconclusive: "INCONCLUSIVE, \(needWords)"
    case .ignored: "IGNORED: " + (ignoreReason ?? "no reason given")
    case .pass where isImprovement: "PASS, improved"
    default: verdict.rawValue
    }
  }

  /// "needs 67 rounds", or why that cannot be told.
  var needWords: String {
    guard roundCount > 0 else { return "has no rounds" }
    // The scatter may say that there were enough of them, and yet the loss lies where either answer would be a guess.
    guard let roundsNeeded, roundsNeeded > roundCount else { return "needs more than \(roundCount) rounds" }
    return "needs \(roundsNeeded) rounds"
  }

  /// Whether it passed and surely did better.
  var hasImproved: Bool { verdict == .pass && isImprovement }

  /// Half the width of the interval, as a logarithm; nil without one.
  var halfWidthLog: Double? {
    guard let lowRatio, let highRatio, lowRatio > 0 else { return nil }
    return log(highRatio / lowRatio) / 2
  }

  /// How good the head was by the base: below one it lost, whatever the metric.
  var goodnessRatio: Double? { ratio.map { metric.isHigherBetter ? $0 : 1 / $0 } }
}
