// SPDX-License-Identifier: MIT

import Results

/// Why the rows of a gate say nothing, or nothing that can be trusted. Rows are numbered as lines of a table are, the
/// header being the first.
public enum GateFault: Equatable, Sendable {
  case noRows
  /// Rows without a stage: of a sweep, not of a gate.
  case foreignRows(RowNumbers)
  /// Rows whose allocator is none of the gate's arms.
  case foreignArm(name: String, rows: RowNumbers)
  /// Rows of a cell that the settings do not have.
  case foreignCell(identifier: String, rows: RowNumbers)
  /// An arm that ran again in the same attempt at a round, or in one that was complete.
  case repeatedRun(rows: RowNumbers)
  /// The last attempt at a round in which a process failed.
  case failedRun(title: String, role: GateRole, outcome: Outcome, row: UInt64)
  /// The last attempt at a round in which arms are missing.
  case incompleteRound(title: String, pass: Pass, round: UInt32, missing: [GateRole], rows: RowNumbers)
  /// A process that finished without the figure.
  case missingFigure(metric: GateMetric, rows: RowNumbers)
  /// An arm that no row is of.
  case missingArm(GateRole)
  /// A cell without a complete round.
  case missingCell(title: String, pass: Pass)
  /// No cell counts.
  case nothingJudged
  /// Machines, or states of one machine, that must not be compared.
  case mixedEnvironments([Group])
  case mixedSessions([Group])
  /// The file behind an arm changed meanwhile.
  case mixedLibraries(GateRole, [Group])
  /// A control did not come out as it has to.
  case failedControl(GateRole)
  /// A cell is ignored although the day has passed.
  case expiredIgnore(title: String, ignore: GateIgnore)
  /// Too few stored sessions that a session may be held against: at all, or that have one of its figures.
  case shortHistory(title: String?, sessionCount: Int, minimum: Int, mismatches: [HistoryMismatch])
  /// The reference itself ran at another speed than in the stored sessions, in the metric's unit.
  case strayReference(title: String, metric: GateMetric, value: Double, expected: ClosedRange<Double>)

  /// Rows that say the same.
  public struct Group: Equatable, Sendable {
    public var name: String
    public var rows: RowNumbers
  }

  /// The verdict that it forces.
  public var verdict: GateVerdict {
    switch self {
    case .mixedEnvironments, .mixedSessions, .mixedLibraries, .failedControl, .expiredIgnore, .shortHistory,
      .strayReference:
      .invalid
    default: .error
    }
  }
}
