// SPDX-License-Identifier: MIT

import Allocators
import ArgumentParser
import Comparison
import Experiments
import Reports
import Results
import Trace

/// `acebench replay --validate`: recorded programs beside the replays of their traces.
struct ValidatedReplay {
  var traces: [String]
  /// In the place of the trace's own; empty for that one.
  var command: [String]
  var measure: MeasureOptions
  /// A file of CSV for all figures.
  var output: String?
  var show: OutputOptions

  private static let defaultRoundCount = 10

  func run() throws {
    let plan = try plan()
    let commands = try plan.cells.map { try command.isEmpty ? Self.recordedCommand(of: $0) : command }
    if measure.dryRun { return showCommands(plan, commands) }
    if !show.quiet { NumaOptions.showRemarks(plan) }
    let observer = SweepProgress(isQuiet: show.quiet)
    let fidelity = try FidelityRun(
      plan, commands: commands, worker: try WorkerLocation.path(), recorder: try? WorkerLocation.recorder(),
      observer: observer)
    var reports: [FidelityReport] = []
    let isFinished = try fidelity.run { outcome in
      switch outcome {
      case .measured(let evidence): reports.append(FidelityReport(evidence))
      case .skipped(let name, let reason): Diagnostic.warn("\(name) is left out: \(reason)")
      }
    }
    ProgressLine.clear()
    if !reports.isEmpty { try showResults(FidelitySummary(reports)) }
    if Interruption.isRequested { throw ExitCode(Status.interrupted.rawValue) }
    if !isFinished { Diagnostic.warn("the time limit is reached; what was finished is shown") }
    if reports.isEmpty {
      throw Failure(
        error: "no program of a trace runs here",
        help: ["name one behind '--': acebench replay --validate TRACE -- COMMAND"],
        status: .unavailable)
    }
  }

  /// Both passes of the traces on what can be preloaded, the first of them the base.
  private func plan() throws -> Plan {
    var description = ExperimentDescription()
    description.name = "validate"
    description.allocators = AvailableAllocators.names
    try measure.override(&description)
    description.workloads = traces
    let roundCount = measure.rounds ?? Self.defaultRoundCount
    description.rounds = [Pass.time.rawValue: roundCount, Pass.memory.rawValue: roundCount]
    // A program that has ended keeps nothing.
    description.drainMilliseconds = []
    description.allocators = try description.allocators.filter {
      try AllocatorCatalog.allocator(describedBy: $0).source != .floor
    }
    let plan = try Plan(description)
    guard plan.arms.count > 1 else {
      throw Failure(
        error: "--validate holds allocators against one another, and has \(plan.arms.count)",
        help: ["name two with -a that can be preloaded; the first is the one that others are held against"],
        status: .usage)
    }
    return plan
  }

  private static func recordedCommand(of cell: PlannedCell) throws -> [String] {
    guard case .trace(let path, _) = cell.workload else { return [] }
    return try TraceFile.open(path: path).metadata.commandLine
  }

  private func showCommands(_ plan: Plan, _ commands: [[String]]) {
    for (cell, command) in zip(plan.cells, commands) {
      Streams.writeOutput("# \(cell.cell.workload)\n")
      for arm in plan.arms {
        let preload = ShellText.assignment("LD_PRELOAD=\(FidelityRun.preloadedLibrary(of: arm))")
        Streams.writeOutput(
          command.isEmpty ? "# the trace names no command\n" : "\(preload) \(ShellText.command(command))\n")
      }
    }
  }

  private func showResults(_ summary: FidelitySummary) throws {
    if let output { try ResultsFolder.replace(output, with: Array(summary.records.render(.csv).utf8)) }
    switch show.format {
    case .text, .markdown:
      Streams.writeOutput(summary.effects.render(show.tableStyle, width: Terminal.width))
      Streams.writeOutput("\n" + summary.orders.render(show.tableStyle, width: Terminal.width))
      if !summary.sentences.isEmpty { Streams.writeOutput("\n" + summary.sentences.map { $0 + "\n" }.joined()) }
    case .csv, .json: show.show(summary.records)
    }
  }
}
