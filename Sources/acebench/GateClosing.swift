// SPDX-License-Identifier: MIT

import ArgumentParser
import Comparison
import Experiments
import FoundationEssentials
import Glibc
import Reports
import Results

/// What a gate does when its verdict is there: shows it, writes it to where it is looked for, and ends with its exit code.
struct GateClosing {
  var warnsOfInconclusive: Bool
  var isAdvisory: Bool
  var show: OutputOptions
  /// Where reports are written; nil for nowhere.
  var folder: String?
  /// The rows that were judged again; nil for a gate that has measured, and whose rows are in `folder`.
  var judgedPath: String?
  /// The command that would measure or judge the same again.
  var reproduction: [String]

  func close(_ result: GateResult) throws {
    var report = result.report
    if result.wasInterrupted {
      report.verdict = .error
      report.reasons.insert("interrupted before every cell had its verdict", at: 0)
    }
    let status = status(of: report, wasInterrupted: result.wasInterrupted)
    if let folder { try write(report, status, to: folder) }
    try appendStepSummary(report)
    try showReport(report, status)
    warn(of: report, status)
    if status != .done { throw ExitCode(status.rawValue) }
  }

  /// Whether there are rows where reports are written.
  var folderHasRows: Bool { folder.map { access($0 + "/" + GateOutput.samplesName, F_OK) == 0 } ?? false }

  /// Writes beside the rows of this gate that there is no verdict, and why: whoever reads the folder shall not look for
  /// one.
  func abandon(after error: any Error) throws {
    // Another gate was quicker, and the rows are its.
    if case ResultsError.locked = error { return }
    guard let folder, folderHasRows, let failure = FailureWords.describe(error) else { return }
    var report = try StoredGate(path: folder).report()
    report.verdict = .error
    report.reasons.insert(failure.error, at: 0)
    try write(report, failure.status, to: folder)
    try appendStepSummary(report)
  }

  /// What the program ends with: the verdict, unless less shall be made of it.
  private func status(of report: GateReport, wasInterrupted: Bool) -> Status {
    if wasInterrupted { return .interrupted }
    switch report.verdict {
    case .pass: return .done
    case .error: return .failed
    case .inconclusive: return warnsOfInconclusive || isAdvisory ? .done : .inconclusive
    case .regress: return isAdvisory ? .done : .regression
    case .invalid: return isAdvisory ? .done : .invalid
    }
  }

  private func write(_ report: GateReport, _ status: Status, to folder: String) throws {
    let markdown = GateMarkdown(reproduceCommand: ShellText.command(reproduction))
    let junit = GateJUnit(failsInconclusive: !warnsOfInconclusive && !isAdvisory)
    try ResultsFolder.make(folder)
    for (name, bytes) in [
      ("verdict.json", try GateVerdictJSON(report, exitCode: status.rawValue).bytes()),
      ("gate.md", Array(markdown.comment(report).utf8)), ("junit.xml", Array(junit.render(report).utf8)),
      ("bigger-is-better.json", try GateBenchmarkJSON.biggerIsBetter(report)),
      ("smaller-is-better.json", try GateBenchmarkJSON.smallerIsBetter(report)),
    ] {
      try ResultsFolder.replace(folder + "/" + name, with: bytes)
    }
  }

  /// Adds to the page that GitHub shows of a step. `tee` would do it too, and end with an exit code of its own.
  private func appendStepSummary(_ report: GateReport) throws {
    guard let path = getenv("GITHUB_STEP_SUMMARY").map({ String(cString: $0) }), !path.isEmpty else { return }
    let text = GateMarkdown(reproduceCommand: ShellText.command(reproduction)).summary(report)
    guard let stream = fopen(path, "ae") else {
      return Diagnostic.warn("\(path) (GITHUB_STEP_SUMMARY): \(String(cString: strerror(errno)))")
    }
    fputs(text, stream)
    if fclose(stream) != 0 { Diagnostic.warn("\(path) (GITHUB_STEP_SUMMARY) could not be written") }
  }

  private func showReport(_ report: GateReport, _ status: Status) throws {
    try Streams.offerOutput(try document(report, status))
    var lines = report.summaryLine(exitCode: status.rawValue) + "\n"
    if getenv("GITHUB_ACTIONS").map({ String(cString: $0) }) == "true" {
      lines = GateAnnotations.render(report) + lines
    }
    // Where standard output is one document, the lines would spoil it; GitHub reads both streams.
    switch show.format {
    case .text, .markdown: try Streams.offerOutput("\n" + lines)
    case .json, .csv: Streams.writeError(lines)
    }
  }

  private func document(_ report: GateReport, _ status: Status) throws -> String {
    switch show.format {
    case .text: GateText(isVerbose: show.verbose, style: show.tableStyle, width: Terminal.width).render(report)
    case .markdown: GateMarkdown(reproduceCommand: ShellText.command(reproduction)).summary(report)
    case .json: String(decoding: try GateVerdictJSON(report, exitCode: status.rawValue).bytes(), as: UTF8.self)
    case .csv: GateRecords.table(report).render(.csv)
    }
  }

  private func warn(of report: GateReport, _ status: Status) {
    if status == .done, report.verdict != .pass {
      Diagnostic.warn("the verdict is \(report.verdict.rawValue), and does not count as a failure here")
    }
    guard !show.quiet else { return }
    let contents = judgedPath == nil ? "rows and reports" : "reports"
    let notes = [folder.map { "\(contents) are in \($0)" }, nextCommand.map { "next: \($0) shows every cell" }]
    let text = notes.compactMap { $0 }.joined(separator: "; ")
    if !text.isEmpty { Diagnostic.note(text) }
  }

  /// What shows more of the same rows; nil where all was shown.
  private var nextCommand: String? {
    guard !show.verbose, let place = judgedPath ?? folder else { return nil }
    var words = ["acebench", "gate", "--from", place]
    if let option = reproduction.firstIndex(of: "--baseline") { words += reproduction[option...].prefix(2) }
    return ShellText.command(words + ["-v"])
  }
}
