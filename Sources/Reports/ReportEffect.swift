// SPDX-License-Identifier: MIT

import Results

/// What an ablation found of a setting by one metric of one workload: a row of `effects.csv`.
struct ReportEffect: Sendable {
  var cell: Cell
  /// "sll-shrink: on against off".
  var setting: String
  var metric: Metric
  var roundCount: Int
  /// With the setting ÷ without it.
  var ratio: Double
  var interval: ClosedRange<Double>?
  /// gain, cost, same or unclear.
  var verdict: String
  var adjustedProbability: Double?

  var isMoved: Bool { verdict == "gain" || verdict == "cost" }

  static let columns = [
    "workload", "parameters", "trace_sha256", "threads_count", "touch", "kind", "setting", "with", "without",
    "other_setting", "other_with", "metric", "rounds_count", "ratio", "ratio_low", "ratio_high", "verdict",
    "p_adjusted",
  ]

  /// - Parameter number: The row's number, the header being 1.
  init(_ row: CSVRow, _ places: [Int], number: UInt64, path: String) throws(ResultsError) {
    func text(_ name: String) -> String {
      Self.columns.firstIndex(of: name).map { row.text(at: places[$0]) } ?? ""
    }
    func value<Value>(_ name: String, _ read: (String) -> Value?) throws(ResultsError) -> Value {
      guard let value = read(text(name)) else {
        throw .malformedValue(path: path, row: number, column: name, text: text(name))
      }
      return value
    }
    func positive(_ text: String) -> Double? { Double(text).flatMap { $0 > 0 && $0.isFinite ? $0 : nil } }
    let kinds = ["effect", "interaction"]
    let kind = try value("kind") { kinds.contains($0) ? $0 : nil }
    let verdicts = ["gain", "cost", "same", "unclear"]
    cell = Cell(
      identifier: "", workload: text("workload"), parameters: text("parameters"),
      traceSHA256: text("trace_sha256"), threadCount: try value("threads_count") { UInt32($0) },
      touch: try value("touch") { TouchPolicy(rawValue: $0) })
    setting =
      kind == "effect"
      ? "\(text("setting")): \(text("with")) against \(text("without"))"
      : "\(text("setting"))=\(text("with")) together with \(text("other_setting"))=\(text("other_with"))"
    metric = try value("metric") { Metric(rawValue: $0) }
    roundCount = try value("rounds_count") { Int($0) }
    ratio = try value("ratio", positive)
    verdict = try value("verdict") { verdicts.contains($0) ? $0 : nil }
    adjustedProbability = text("p_adjusted").isEmpty ? nil : try value("p_adjusted") { Double($0) }
    guard !text("ratio_low").isEmpty else { return }
    let (low, high) = (try value("ratio_low", positive), try value("ratio_high", positive))
    guard low <= high else {
      throw .malformedValue(path: path, row: number, column: "ratio_high", text: text("ratio_high"))
    }
    interval = low...high
  }
}
