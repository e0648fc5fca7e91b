// SPDX-License-Identifier: MIT

import Comparison
import Glibc

/// What a search for settings found as records, for programs.
public enum TuningRecords {
  private static let fields =
    ["role", "switches", "rounds_count"]
    + ["time", "memory", "score"].flatMap { ["\($0)_ratio", "\($0)_ratio_low", "\($0)_ratio_high"] }

  /// A record for each candidate of the frontier, and one of who won, over the rounds that had no part in choosing it.
  /// Ratios are candidate ÷ defaults, less is better; `score` weighs time and memory by the goal.
  public static func table(_ frontier: [TuningPoint], _ ending: TuningEnding) -> RecordTable {
    var table = RecordTable(fields: fields)
    for point in frontier { table.append(record("frontier", point.standing)) }
    switch ending {
    case .better(let standing): table.append(record("better", standing))
    case .notBetter(let standing): table.append(record("not-better", standing))
    case .undecided, .winnerFailed, .defaultsFailed, .candidatesFailed, .interrupted: break
    }
    return table
  }

  private static func record(_ role: String, _ standing: TuningStanding) -> [FieldValue] {
    [.text(role), .text(standing.candidate.switches), .integer(UInt64(standing.roundCount))]
      + [standing.time, standing.memory, standing.score].flatMap { effect -> [FieldValue] in
        [.real(exp(-effect.estimate))]
          + (effect.interval.map { [.real(exp(-$0.upperBound)), .real(exp(-$0.lowerBound))] } ?? [.none, .none])
      }
  }
}
