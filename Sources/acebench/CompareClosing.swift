// SPDX-License-Identifier: MIT

import Comparison
import Reports
import Results

/// What a comparison ends with: its tables or records, what a reader should know, and the reason where it is invalid.
struct CompareClosing {
  let sources: CompareSources
  let arms: [ComparedArms]
  /// The metrics that were asked for by name.
  let askedMetrics: [Metric]
  let show: OutputOptions

  func close(_ report: EffectReport) throws {
    if !report.findings.isEmpty { showFigures(report) }
    if !show.quiet { notes(report).forEach(Diagnostic.note) }
    for metric in askedMetrics where !report.metrics.contains(metric) && report.isValid {
      Diagnostic.warn("no round has \(metric.column) on both sides")
    }
    if let fault = report.faults.first {
      throw Failure(
        error: "the comparison is invalid: \(fault.words)", notes: report.faults.dropFirst().map(\.words),
        help: help(fault), status: .invalid)
    }
  }

  private func showFigures(_ report: EffectReport) {
    switch show.format {
    case .text, .markdown:
      Streams.writeOutput(EffectTables(report).render(show.tableStyle, width: Terminal.width))
    case .csv, .json: show.show(EffectRecords.table(report))
    }
  }

  private func notes(_ report: EffectReport) -> [String] {
    guard report.faults.allSatisfy(\.leavesFigures) else { return [] }
    var notes: [String] = []
    if report.unpairedRoundCount > 0 {
      notes.append("left out: \(Self.count(report.unpairedRoundCount, "round")) that only one side finished")
    }
    if report.differentSeedCount > 0 {
      notes.append(
        "left out: \(Self.count(report.differentSeedCount, "round")) whose seeds differ; "
          + "the same --seed makes both sides run the same operations")
    }
    for (metric, count) in report.unusablePairCounts.sorted(by: { $0.key.column < $1.key.column }) {
      notes.append("left out: \(Self.count(count, "round")) in which \(metric.column) is not above zero on both sides")
    }
    guard !report.isWithinRounds, report.isValid else { return notes }
    let command = arms.first.flatMap { CompareCommands.sideBySide($0, sources) }
    notes.append(
      "the two results were not measured side by side: what changed on the machine in between is part of the difference"
        + (command.map { "; to be sure: \($0)" } ?? ""))
    return notes
  }

  private func help(_ fault: ComparedFault) -> [String] {
    switch fault {
    case .mixedEnvironments, .mixedSessions: return ["measure all that is compared in one go"]
    case .differentEnvironments:
      let command = arms.first.flatMap { CompareCommands.sideBySide($0, sources) }
      return ["measure both on the same machine" + (command.map { ": \($0)" } ?? "")]
    case .noCommonCell:
      return ["a cell is a workload with its parameters, threads and touch policy; measure the same ones"]
    case .noCommonRound(let differentSeedCount):
      return differentSeedCount > 0 ? ["measure both with the same --seed"] : []
    case .noValue: return ["'acebench list metrics' says which pass measures what"]
    }
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }
}
