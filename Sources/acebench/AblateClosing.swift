// SPDX-License-Identifier: MIT

import Comparison
import Experiments
import Reports
import Results

/// What an ablation ends with: its tables or records, a file of the effects, the document that was asked for.
struct AblateClosing {
  let description: AblationDescription
  let folder: String
  let rows: AblationRows
  let margin: Double
  /// Where the document goes; nil for none.
  let documentPath: String?
  let show: OutputOptions

  static let effectsName = "effects.csv"

  func close() throws {
    guard rows.rows.rowCount > 0 else {
      throw Failure(
        error: "no process finished: nothing can be said", notes: failures + ["rows are in \(samplesPath)"],
        status: .invalid)
    }
    let design = try AblateFailureWords.translating { try AblationDesign(description) }
    let report = AblationAnalysis(
      rows, contrasts: design.contrasts, factorial: design.factorial, rule: EffectRule(margin: margin)
    ).report()
    if let fault = report.faults.first {
      throw Failure(
        error: "nothing can be said: \(fault.words(base: samplesPath, candidate: samplesPath))",
        notes: report.faults.dropFirst().map { $0.words(base: samplesPath, candidate: samplesPath) } + failures,
        status: .invalid)
    }
    switch show.format {
    case .text, .markdown:
      Streams.writeOutput(AblationTables(report).render(show.tableStyle, width: Terminal.width))
    case .csv, .json: show.show(AblationRecords.table(report))
    }
    failures.forEach(Diagnostic.warn)
    try write(report)
    if !show.quiet { notes(report, design).forEach(Diagnostic.note) }
  }

  private var samplesPath: String { folder + "/samples.csv" }

  private func write(_ report: AblationReport) throws {
    let effects = AblationRecords.table(report).render(.csv)
    try ResultsFolder.replace(folder + "/" + Self.effectsName, with: Array(effects.utf8))
    guard let documentPath else { return }
    let document = AblationDocument(report, rows, base: description.base, command: description.command)
    try ResultsFolder.replace(documentPath, with: Array(document.render().utf8))
  }

  private var failures: [String] {
    rows.failures.map { failure in
      let rounds = failure.roundCount == 1 ? "1 round" : "\(failure.roundCount) rounds"
      return "\(ComparedArmName.text(failure.arm)) on \(failure.cell.workload), \(failure.pass.rawValue) pass: "
        + "\(rounds) did not finish (\(failure.outcome.status.rawValue))"
    }
  }

  private func notes(_ report: AblationReport, _ design: AblationDesign) -> [String] {
    var notes: [String] = []
    if report.unpairedRoundCount > 0 {
      let count = report.unpairedRoundCount
      notes.append("left out: \(count == 1 ? "1 round" : "\(count) rounds") that only one of two arms finished")
    }
    let missing = design.arms.filter { !rows.rows.arms.contains($0) }.map(ComparedArmName.text)
    if !missing.isEmpty { notes.append("no row that counts is of \(missing.joined(separator: ", "))") }
    if let documentPath { notes.append("the document is \(documentPath)") }
    let again = ShellText.command(["acebench", "ablate", "--from", folder, "--markdown", "ablation.md"])
    let next = documentPath == nil ? "; next: \(again) writes it all down" : ""
    notes.append("rows are in \(samplesPath), effects in \(folder)/\(Self.effectsName)\(next)")
    return notes
  }
}
