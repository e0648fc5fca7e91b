// SPDX-License-Identifier: MIT

import Comparison
import Results

/// Words that several of an ablation's tables share.
enum AblationWords {
  /// What a metric is called where people read.
  static func title(of metric: Metric) -> String {
    switch metric {
    case .throughput: "throughput"
    case .throughputPerCPU: "throughput per CPU second"
    case .residentPeak: "peak memory"
    case .memoryEfficiencyArea: "memory area"
    case .residentDrained1Second: "memory kept after a second"
    default: metric.column
    }
  }

  /// "larson, 2 threads", with what tells it from other cells of the same workload.
  static func title(of cell: Cell, among cells: [Cell]) -> String {
    let threads = cell.threadCount == 1 ? "1 thread" : "\(cell.threadCount) threads"
    let name = ComparedCellNames(cells).entries(cell)[0].text
    let isTouchShown = Set(cells.map(\.touch)).count > 1
    return ([name, threads] + (isTouchShown ? ["touch \(cell.touch.rawValue)"] : [])).joined(separator: ", ")
  }

  /// What is ruled out beyond a fraction, in percent and rounded up, so that it is true as it stands: "0 %", "0.3 %".
  static func limit(_ fraction: Double) -> String {
    let percent = fraction * 100
    if percent >= 10 { return NumberFormat.fixed(percent.rounded(.up), decimals: 0) + " %" }
    return percent > 0 ? NumberFormat.fixed((percent * 10).rounded(.up) / 10, decimals: 1) + " %" : "0 %"
  }

  /// What is counted where subjects are: settings, or effects where some are of two together.
  static func noun(_ subjects: [AblationSubject]) -> String {
    let hasInteraction = subjects.contains { subject in
      if case .interaction = subject { return true }
      return false
    }
    return hasInteraction ? "effect" : "setting"
  }

  /// "1 setting", "3 settings".
  static func count(_ number: Int, _ noun: String) -> String { number == 1 ? "1 \(noun)" : "\(number) \(noun)s" }
}
