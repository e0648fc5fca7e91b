// SPDX-License-Identifier: MIT

import Comparison
import Results

/// What an ablation found, for programs: a record per workload, setting and metric.
public enum AblationRecords {
  private static let fields = [
    "workload", "parameters", "trace_sha256", "threads_count", "touch", "kind", "setting", "with", "without",
    "other_setting", "other_with", "other_without", "metric", "unit", "better", "rounds_count", "with_allocator",
    "with_switches", "without_allocator", "without_switches", "with_median", "without_median", "ratio", "ratio_low",
    "ratio_high", "verdict", "p", "p_adjusted",
  ]

  /// The records. `kind` is `effect`, or `interaction` with another setting. `ratio` is of the metric, with ÷ without;
  /// sizes have a MiB added in it, and not in the medians. `verdict` is `gain`, `cost`, `same` within the margin, or
  /// `unclear`.
  public static func table(_ report: AblationReport) -> RecordTable {
    var table = RecordTable(fields: fields)
    for finding in report.findings { table.append(record(finding)) }
    return table
  }

  private static func record(_ finding: AblationFinding) -> [FieldValue] {
    let (cell, figure, metric) = (finding.cell, finding.figure, finding.metric)
    let place: [FieldValue] = [
      .text(cell.workload), .text(cell.parameters), .text(cell.traceSHA256), .integer(UInt64(cell.threadCount)),
      .text(cell.touch.rawValue),
    ]
    let what: [FieldValue] = [
      .text(metric.column), .text(metric.unit.rawValue), .text(metric.direction.rawValue),
      .integer(UInt64(figure.roundCount)),
    ]
    return place + subject(finding.subject) + what + arms(figure) + [
      median(figure.candidateMedian, metric), median(figure.baseMedian, metric), real(figure.ratio),
      real(figure.interval?.lowerBound), real(figure.interval?.upperBound),
      .text(finding.isMoved ? finding.kind : figure.verdict.rawValue), real(figure.probability),
      real(figure.adjustedProbability),
    ]
  }

  private static func subject(_ subject: AblationSubject) -> [FieldValue] {
    func texts(_ contrast: AblationContrast) -> [FieldValue] {
      [.text(contrast.name), .text(contrast.with), .text(contrast.without)]
    }
    return switch subject {
    case .effect(let contrast): [.text("effect")] + texts(contrast) + Array(repeating: .none, count: 3)
    case .interaction(let first, let second): [.text("interaction")] + texts(first) + texts(second)
    }
  }

  /// Of a factorial's effects, which are means over many pairs of arms, there are none to name.
  private static func arms(_ figure: EffectFinding) -> [FieldValue] {
    guard figure.baseMedian != nil else { return Array(repeating: .none, count: 4) }
    return [figure.arms.candidate, figure.arms.base].flatMap { [.text($0.allocator), .text($0.switches)] }
  }

  private static func median(_ value: Double?, _ metric: Metric) -> FieldValue {
    real(value.map { $0 - AblationRows.allowance(of: metric) })
  }

  private static func real(_ value: Double?) -> FieldValue { value.map(FieldValue.real) ?? .none }
}
