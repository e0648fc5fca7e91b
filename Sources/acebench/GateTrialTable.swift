// SPDX-License-Identifier: MIT

import Comparison
import Reports

/// Trials of a gate as tables.
enum GateTrialTable {
  /// A row for each gate.
  static func rows(_ trials: [GateTrial]) -> RecordTable {
    var table = RecordTable(fields: [
      "slowdown_ratio", "seed", "verdict", "regress_count", "inconclusive_count", "judged_count", "processes_count",
      "elapsed_s",
    ])
    for trial in trials {
      table.append([
        .real(trial.slowdown), .integer(trial.seed), .text(trial.verdict.rawValue),
        .integer(UInt64(trial.regressCount)),
        .integer(UInt64(trial.inconclusiveCount)), .integer(UInt64(trial.judgedCount)),
        .integer(UInt64(trial.processCount)), .real((trial.elapsedSeconds * 10).rounded() / 10),
      ])
    }
    return table
  }

  /// A row for each kind of gate, with what is asked of it.
  static func summary(_ series: [GateTrialSeries]) -> RecordTable {
    var table = RecordTable(fields: [
      "head", "gates", "PASS", "REGRESS", "INCONCLUSIVE", "INVALID", "ERROR", "asked", "held",
    ])
    for series in series {
      table.append([
        .text(head(series.slowdown)), .integer(UInt64(series.trials.count)), .integer(UInt64(series.count(.pass))),
        .integer(UInt64(series.count(.regress))), .integer(UInt64(series.count(.inconclusive))),
        .integer(UInt64(series.count(.invalid))), .integer(UInt64(series.count(.error))), .text(asked(series)),
        .flag(series.hasHeld),
      ])
    }
    return table
  }

  /// What a gate's head is, beside its base.
  static func head(_ slowdown: Double) -> String {
    slowdown == 0 ? "the same" : "takes \(percent(slowdown)) longer"
  }

  private static func asked(_ series: GateTrialSeries) -> String {
    let count = series.trials.count
    // What so few gates could not break is no demand.
    let parts = [
      series.smallestRegressCount.flatMap { $0 > 0 ? "REGRESS at least \($0)" : nil },
      series.largestRegressCount.flatMap { $0 < count ? "REGRESS at most \($0)" : nil },
      series.largestPassCount.flatMap { $0 < count ? "PASS at most \($0)" : nil },
    ].compactMap { $0 }
    return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
  }

  private static func percent(_ fraction: Double) -> String {
    let percent = (fraction * 10_000).rounded() / 100
    return (percent == percent.rounded() ? "\(Int(percent))" : "\(percent)") + " %"
  }
}
