// SPDX-License-Identifier: MIT

import Results

/// Sentences that say how one did beside another.
enum RatioSentence {
  /// What a metric's ratio means, in the metric's own words; metrics without such words name their column.
  static func text(_ metric: Metric, _ ratio: StatedRatio, _ subject: String, _ object: String) -> String {
    switch metric {
    case .throughput: speed(ratio, subject, object)
    case .throughputPerCPU: "by time on the processor, " + speed(ratio, subject, object)
    case .residentPeak: memory(ratio, subject, object)
    default: "\(subject) had \(ratio.text) times the \(metric.column) of \(object)" + ratio.remark
    }
  }

  /// "mimalloc ran 1.31 (1.28 to 1.34) times faster than system".
  static func speed(_ ratio: StatedRatio, _ subject: String, _ object: String) -> String {
    if let interval = ratio.interval, interval.contains(1) {
      return "\(subject) ran as fast as \(object) within the noise: \(ratio.text) times its speed"
    }
    if ratio.value == 1 { return "\(subject) ran as fast as \(object)" + ratio.remark }
    return ratio.value > 1
      ? "\(subject) ran \(ratio.text) times faster than \(object)" + ratio.remark
      : "\(subject) ran \(ratio.inverse.text) times slower than \(object)" + ratio.remark
  }

  /// "mimalloc used 0.62 (0.61 to 0.63) times the peak memory of system".
  static func memory(_ ratio: StatedRatio, _ subject: String, _ object: String) -> String {
    "\(subject) used \(ratio.text) times the peak memory of \(object)" + ratio.remark
  }
}
