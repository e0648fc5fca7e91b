// SPDX-License-Identifier: MIT

import Comparison
import Results

/// What a comparison found, for programs: a record per metric, cell and pair of arms.
public enum EffectRecords {
  private static let fields = [
    "metric", "unit", "better", "scope", "workload", "parameters", "trace_sha256", "threads_count", "touch",
    "base_allocator", "base_switches", "candidate_allocator", "candidate_switches", "cells_count", "rounds_count",
    "base_median", "candidate_median", "ratio", "ratio_low", "ratio_high", "p", "p_adjusted", "verdict",
    "rounds_needed_count",
  ]

  /// The records; `scope` is `cell`, or `mean` for the geometric mean over cells. Medians are in `unit`; ratios are
  /// candidate ÷ base.
  public static func table(_ report: EffectReport) -> RecordTable {
    var table = RecordTable(fields: fields)
    for metric in report.metrics {
      for finding in (report.findings + report.means) where finding.metric == metric { table.append(record(finding)) }
    }
    return table
  }

  private static func record(_ finding: EffectFinding) -> [FieldValue] {
    let cell = finding.cell
    let arms = finding.arms
    let names: [FieldValue] = [
      .text(finding.metric.column), .text(finding.metric.unit.rawValue), .text(finding.metric.direction.rawValue),
      .text(cell == nil ? "mean" : "cell"),
    ]
    let place: [FieldValue] =
      cell.map {
        [
          .text($0.workload), .text($0.parameters), .text($0.traceSHA256), .integer(UInt64($0.threadCount)),
          .text($0.touch.rawValue),
        ]
      } ?? Array(repeating: .none, count: 5)
    let who: [FieldValue] = [
      .text(arms.base.allocator), .text(arms.base.switches), .text(arms.candidate.allocator),
      .text(arms.candidate.switches), .integer(UInt64(finding.cellCount)), .integer(UInt64(finding.roundCount)),
    ]
    return names + place + who + [
      real(finding.baseMedian), real(finding.candidateMedian), real(finding.ratio), real(finding.interval?.lowerBound),
      real(finding.interval?.upperBound), real(finding.probability), real(finding.adjustedProbability),
      .text(finding.verdict.rawValue), finding.roundsNeeded.map { .integer(UInt64($0)) } ?? .none,
    ]
  }

  private static func real(_ value: Double?) -> FieldValue { value.map(FieldValue.real) ?? .none }
}
