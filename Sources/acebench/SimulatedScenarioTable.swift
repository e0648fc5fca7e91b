// SPDX-License-Identifier: MIT

import Experiments
import Reports

/// Simulations of the gate as a table.
enum SimulatedScenarioTable {
  /// A row for each thing that was counted.
  static func table(_ results: [SimulatedScenarioResult]) -> RecordTable {
    var table = RecordTable(fields: ["simulated", "counted", "count", "of", "asked", "held", "rounds per cell"])
    for result in results {
      for check in result.checks {
        table.append([
          .text(result.scenario.title), .text(check.counted), .integer(UInt64(check.count)),
          .integer(UInt64(check.trialCount)), .text(words(for: check.bound)), .flag(check.hasHeld),
          result.outcomes.map { .real(($0.roundsPerCell * 10).rounded() / 10) } ?? .none,
        ])
      }
    }
    return table
  }

  private static func words(for bound: SimulatedBound) -> String {
    switch bound {
    case .atMost(let count): "at most \(count)"
    case .atLeast(let count): "at least \(count)"
    }
  }
}
