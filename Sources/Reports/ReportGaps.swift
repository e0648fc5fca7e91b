// SPDX-License-Identifier: MIT

import Comparison
import Results

/// What is not in the figures: processes that did not finish, and what was never run.
struct ReportGaps {
  let model: ReportModel

  /// A sentence for the head of the page; empty where nothing failed and nothing is missing.
  var headline: String {
    let failed = failures.reduce(0) { $0 + $1.count }
    let parts = [
      failed == 0 ? "" : failed == 1 ? "1 process did not finish" : "\(failed) processes did not finish",
      missing.isEmpty ? "" : "something was not run",
    ].filter { !$0.isEmpty }
    return parts.joined(separator: ", ")
  }

  func section() -> ReportSection {
    var section = ReportSection("gaps", "What failed or is missing")
    for result in model.results {
      let facts = result.rows.facts
      let name = model.results.count > 1 ? result.name + ": " : ""
      if facts.plans.count > 1 {
        section.paragraph("\(name)the rows are of \(facts.plans.count) plans, mixed in what follows.", "warning")
      }
      if Set(facts.environments.map(\.identifier)).count > 1 {
        section.paragraph("\(name)the machine, or its state, changed between rows.", "warning")
      }
      for remark in result.remarks { section.paragraph("\(name)\(remark).", "warning") }
    }
    let (failures, missing) = (failures, missing)
    if !failures.isEmpty {
      var table = HTMLTable(columns: [
        .init(title: "allocator"), .init(title: "workload"), .init(title: "pass"),
        .init(title: "rounds", isNumber: true), .init(title: "of", isNumber: true), .init(title: "ended by"),
      ])
      for failure in failures {
        table.append([
          HTMLTable.Entry(model.names.label(failure.arm)),
          HTMLTable.Entry(model.names.words(failure.cell)),
          HTMLTable.Entry(failure.pass.rawValue), HTMLTable.Entry(String(failure.count), order: Double(failure.count)),
          HTMLTable.Entry(String(failure.roundCount), order: Double(failure.roundCount)),
          HTMLTable.Entry(failure.outcome.words, "cost"),
        ])
      }
      section.paragraph(
        "Processes that did not finish in the latest attempt at their round. They have no figures; the figures of others "
          + "are of the rounds that did.")
      section.table(table)
    }
    if !missing.isEmpty {
      section.paragraph("What was not run though others of the same result were:")
      section.list(missing)
    }
    let notes = absences
    if failures.isEmpty, missing.isEmpty, section.markup.isEmpty, notes.isEmpty {
      section.paragraph("Nothing: every process finished, and every allocator ran on every workload in every pass.")
    }
    section.list(notes)
    return section
  }

  private struct Failure {
    var arm: ReportArm
    var cell: Cell
    var pass: Pass
    var outcome: Outcome
    var count: Int
    var roundCount: Int
  }

  private var failures: [Failure] {
    model.cells.flatMap { cell in
      model.arms.flatMap { arm -> [Failure] in
        guard let series = model.series(cell, arm) else { return [] }
        return Pass.allCases.flatMap { pass -> [Failure] in
          let ended = (series.failures[pass] ?? [:]).sorted { ($1.value, $0.key.words) < ($0.value, $1.key.words) }
          let all = (series.roundCounts[pass] ?? 0) + ended.reduce(0) { $0 + $1.value }
          return ended.map {
            Failure(arm: arm, cell: cell, pass: pass, outcome: $0.key, count: $0.value, roundCount: all)
          }
        }
      }
    }
  }

  /// Arms without a process in a cell and pass where others of their result have some.
  private var missing: [String] {
    model.results.indices.flatMap { index -> [String] in
      let result = model.results[index]
      let arms = model.arms.filter { $0.result == index }
      return result.rows.cells.flatMap { cell in
        Pass.allCases.compactMap { pass -> String? in
          func ran(_ arm: ReportArm) -> Bool {
            guard let series = model.series(cell, arm) else { return false }
            return series.roundCounts[pass] != nil || !(series.failures[pass] ?? [:]).isEmpty
          }
          let idle = arms.filter { !ran($0) }
          guard !idle.isEmpty, idle.count < arms.count else { return nil }
          let names = idle.map(model.names.label).joined(separator: ", ")
          return "\(model.names.words(cell)), \(pass.rawValue) pass: \(names)"
        }
      }
    }
  }

  /// Passes and workloads that a result does not have.
  private var absences: [String] {
    model.results.flatMap { result -> [String] in
      guard result.hasFigures else { return [] }
      let name = model.results.count > 1 ? result.name + ": " : ""
      let all = result.rows.series.values.flatMap(\.values)
      let passes = Pass.allCases.filter { pass in
        !all.contains { $0.roundCounts[pass] != nil || $0.failures[pass] != nil }
      }
      let workloads = model.cells.filter { result.rows.series[$0] == nil }
      return passes.map { "\(name)no process was run for the \($0.rawValue) pass (--pass \($0.rawValue))" }
        + (workloads.isEmpty
          ? [] : ["\(name)not in this result: " + workloads.map(model.names.name).joined(separator: ", ")])
    }
  }
}
