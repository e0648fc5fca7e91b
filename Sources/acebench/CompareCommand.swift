// SPDX-License-Identifier: MIT

import ArgumentParser
import Comparison
import Reports
import Results

/// `acebench compare`
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Say what is better, worse, the same or unclear between two results, or two allocators of one.",
    discussion: """
      'acebench compare --base OLD.so --candidate NEW.so' measures two allocators now, side by side, in the cells of \
      workloads/gate.json5 or of -w, until each is known closely enough. \
      'acebench compare RESULT --base system --candidate ace' compares two allocators of one result round by round: the \
      soundest form, for both ran side by side. 'acebench compare OLD NEW' compares every allocator that both results \
      have with itself; --base and --candidate choose others. An allocator that was measured with switches is named with \
      them: 'ace[front=off;refill-one=on]'.

      Ratios are candidate ÷ base, the centre of the rounds' ratios with its 95 % interval. p is two-sided, of a \
      signed-rank test, adjusted for all cells of its metric (Benjamini-Hochberg). A cell is the same when the interval \
      lies within the margin; else better or worse when the adjusted p is at most 0.05 and the interval leaves out 1; \
      else unclear. It ends with 0 whatever it finds, and with 12 when the rows must not be compared.
      """)

  @Argument(
    help: "One result or two: folders of sweeps, or files of rows. With two, the base comes first.",
    completion: .file(extensions: ["csv"]))
  var results: [String] = []

  @Option(help: "The allocator that the other is held against.")
  var base: String?

  @Option(help: "The allocator that is held against it.")
  var candidate: String?

  @Option(
    name: .customLong("metric"),
    help:
      "A column to compare, or \(GateMetric.allCases.map(\.rawValue).joined(separator: ", ")); those four unless given. Repeat for more."
  )
  var metrics: [String] = []

  @Option(
    name: [.customShort("w"), .customLong("workload")],
    help: "Compare the cells of this workload only. Repeat for more.")
  var workloads: [String] = []

  @Option(help: "The largest difference that counts as none, as a fraction.")
  var margin = 0.02

  @OptionGroup(title: "Measuring, without results") var measure: CompareMeasureOptions

  @OptionGroup(title: "Output") var show: OutputOptions

  func run() throws {
    show.apply()
    guard margin >= 0, margin < 1 else {
      throw Failure(error: "--margin cannot be \(margin)", help: ["it is a fraction, such as 0.02"], status: .usage)
    }
    let metrics = try CompareChoices.metrics(self.metrics)
    if results.isEmpty, let base, let candidate {
      return try compareNow(base, candidate, metrics)
    }
    guard measure.given.isEmpty || results.isEmpty else {
      throw Failure(
        error: "results that are there are compared as they are: nothing is measured",
        help: ["leave out \(measure.given.joined(separator: ", "))"], status: .usage)
    }
    let sources = try CompareSources(results, metrics: metrics)
    let arms = try sources.arms(base: base, candidate: candidate)
    let analysis = EffectAnalysis(
      base: sources.base, candidate: sources.candidate, arms: arms, rule: EffectRule(margin: margin),
      workloads: try CompareChoices.workloads(workloads, among: sources.workloads))
    let closing = CompareClosing(
      sources: sources, arms: arms, askedMetrics: self.metrics.isEmpty ? [] : metrics, show: show)
    try closing.close(analysis.report())
  }

  private func compareNow(_ base: String, _ candidate: String, _ metrics: [Metric]) throws {
    let measurement = CompareMeasurement(
      base: base, candidate: candidate, workloads: workloads, options: measure, margin: margin)
    let result = try measurement.run(metrics: metrics, isQuiet: show.quiet)
    guard result.rows.rowCount > 0 else {
      throw Failure(
        error: "no round was finished: there is nothing to compare", notes: ["rows are in \(result.folder)"],
        status: result.status == .done ? .failed : result.status)
    }
    let analysis = EffectAnalysis(
      base: result.rows, candidate: nil, arms: [result.arms], rule: EffectRule(margin: margin))
    let closing = CompareClosing(
      sources: CompareSources(result.rows, path: result.folder), arms: [result.arms],
      askedMetrics: self.metrics.isEmpty ? [] : metrics, show: show)
    do {
      try closing.close(analysis.report())
    } catch let failure as Failure {
      // Rows that do not suffice are no news where something failed before.
      if result.status == .done { throw failure }
      Diagnostic.report(failure)
    }
    if !show.quiet {
      let roles = [GateRole.base, .head].map { Arm(allocator: $0.rawValue) }
      let next = CompareCommands.compare([result.folder], base: roles[0], candidate: roles[1])
      Diagnostic.note("rows are in \(result.folder); next: \(next) compares them again")
    }
    if result.status != .done { throw ExitCode(result.status.rawValue) }
  }
}
