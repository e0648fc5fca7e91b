// SPDX-License-Identifier: MIT

import Comparison

/// A gate's findings as records, for programs.
public enum GateRecords {
  private static let fields = [
    "cell_id", "title", "metric", "verdict", "stage", "rounds_count", "ratio", "ratio_low", "ratio_high",
    "ln_ratio_sd", "p", "p_holm", "tolerate", "detect", "base_median", "head_median",
  ]

  /// A record for each finding, means over all cells last. Ratios are head ÷ base as measured; `p` is one-sided, of
  /// having lost no more than is tolerated.
  public static func table(_ report: GateReport) -> RecordTable {
    var table = RecordTable(fields: fields)
    for finding in report.findings + report.suites {
      table.append([
        .text(finding.cellIdentifier ?? ""), .text(finding.title), .text(finding.metric.metric.column),
        .text(finding.verdict.rawValue), .integer(UInt64(finding.stage.rawValue)),
        .integer(UInt64(finding.roundCount)), real(finding.ratio), real(finding.lowRatio), real(finding.highRatio),
        real(finding.standardDeviation), real(finding.probability), real(finding.adjustedProbability),
        real(finding.margins?.tolerate), real(finding.margins?.detect), real(finding.baseMedian),
        real(finding.headMedian),
      ])
    }
    return table
  }

  private static func real(_ value: Double?) -> FieldValue { value.map { .real($0) } ?? .none }
}
