// SPDX-License-Identifier: MIT

import Comparison

extension GateMetric {
  /// For people.
  var words: String {
    switch self {
    case .throughput: "throughput"
    case .cpuThroughput: "throughput per CPU"
    case .peakRSS: "peak memory"
    case .memoryArea: "memory over time"
    }
  }

  /// What a ratio of measured values, head ÷ base, says, with the word that tells better from worse.
  func meaning(of ratio: Double) -> String {
    switch (isHigherBetter, ratio) {
    case (_, 1): "no change"
    case (true, 2...): NumberFormat.ratio(ratio) + " times as fast"
    case (true, 1...): NumberFormat.percent(ratio - 1) + " faster"
    case (true, _): NumberFormat.percent(1 - ratio) + " slower"
    case (false, 2...): NumberFormat.ratio(ratio) + " times the memory"
    case (false, 1...): NumberFormat.percent(ratio - 1) + " more memory"
    case (false, _): NumberFormat.percent(1 - ratio) + " less memory"
    }
  }

  /// What cells did that broke a tolerance; nil when theirs differ.
  func lossWords(beyond tolerate: Double?) -> String {
    switch (isHigherBetter, tolerate) {
    case (true, let tolerate?): "lost more than \(NumberFormat.limit(tolerate)) of \(words)"
    case (true, nil): "lost more \(words) than is tolerated"
    // A loss is a fraction of goodness, which is one by the size.
    case (false, let tolerate?): "took over \(NumberFormat.limit(1 / (1 - tolerate) - 1)) more \(words)"
    case (false, nil): "took more \(words) than is tolerated"
    }
  }

  /// A loss that is large enough to count, as a noun; nil when that differs from cell to cell.
  func lossWords(of detect: Double?) -> String {
    switch (isHigherBetter, detect) {
    case (true, let detect?): "\(NumberFormat.limit(detect)) less \(words)"
    case (true, nil): "a loss of \(words) that counts"
    case (false, let detect?): "\(NumberFormat.limit(1 / (1 - detect) - 1)) more \(words)"
    case (false, nil): "a growth of \(words) that counts"
    }
  }
}
