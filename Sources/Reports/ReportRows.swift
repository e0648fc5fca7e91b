// SPDX-License-Identifier: MIT

import Comparison
import Results

/// The rows of a result, by cell and arm, and what they say of how they were measured.
struct ReportRows {
  private struct Place: Hashable {
    var cell: Cell
    var arm: Arm
  }

  private struct Ending: Hashable {
    var place: Place
    var pass: Pass
    var round: UInt32
    var plan: String
  }

  private(set) var series: [Cell: [Arm: ReportSeries]] = [:]
  /// The same rows as comparisons take them.
  private(set) var compared = ComparedRows(metrics: ReportMetrics.compared)
  private(set) var facts = ReportFacts()
  /// The processes whose timelines belong to the rows, and whose they are.
  private(set) var processes: [TimelineReader.Process: (cell: Cell, arm: Arm)] = [:]
  /// How the latest attempts at rounds ended that did not end well.
  private var endings: [Ending: (attempt: UInt32, outcome: Outcome)] = [:]

  /// Takes what a row says of its process, whatever came of it.
  mutating func note(_ sample: Sample) {
    facts.note(sample)
    let name = Ending(
      place: Place(cell: sample.cell, arm: sample.arm), pass: sample.pass, round: sample.round, plan: sample.planHash)
    if let known = endings[name], known.attempt > sample.attempt { return }
    // Most end well, and need no room unless they take the place of one that did not.
    if sample.outcome.status == .ok, endings[name] == nil, sample.attempt <= 1 { return }
    endings[name] = (sample.attempt, sample.outcome)
  }

  /// Takes a row that counts: of a process that finished, in the last attempt at its round.
  mutating func add(_ sample: Sample, row: UInt64) {
    compared.add(sample, row: row)
    series[sample.cell, default: [:]][sample.arm, default: ReportSeries()].add(sample)
    if sample.pass == .memory {
      processes[TimelineReader.Process(of: sample)] = (sample.cell, sample.arm)
    }
  }

  /// To be called when all rows have been taken: what failed is told where the figures are.
  mutating func close() {
    for (name, end) in endings where end.outcome.status != .ok {
      series[name.place.cell, default: [:]][name.place.arm, default: ReportSeries()]
        .failures[name.pass, default: [:]][end.outcome, default: 0] += 1
    }
  }

  /// Whether a process finished at all.
  var hasFigures: Bool { compared.rowCount > 0 }

  var cells: [Cell] { series.keys.sorted(by: Cell.inSummaries) }

  /// All arms, the floor among them, by name.
  var arms: [Arm] {
    Set(series.values.flatMap(\.keys)).sorted {
      ($0.isFloor ? 1 : 0, $0.allocator, $0.switches.count, $0.switches)
        < ($1.isFloor ? 1 : 0, $1.allocator, $1.switches.count, $1.switches)
    }
  }
}
