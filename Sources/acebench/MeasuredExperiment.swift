// SPDX-License-Identifier: MIT

import Allocators
import Experiments
import FoundationEssentials
import Reports
import Results

/// Runs an experiment for a command: progress while it runs, tables and the next command when it is done.
final class MeasuredExperiment: SweepObserver {
  private let plan: Plan
  private let output: OutputOptions
  private let comparesArms: Bool
  private var progress: ProgressLine
  private var summary = SweepSummary()
  private var comparison = ComparisonSummary()
  private var records: SweepRecords
  private let showsStatistics: Bool
  private let showsDecisions: Bool
  private var statistics = ACESummary()
  private var decisions = DecisionTimeline()

  /// - Parameters:
  ///   - comparesArms: Whether to say in sentences how allocators compare.
  ///   - ace: What to show of what ACE told of itself; nil for nothing.
  init(_ plan: Plan, output: OutputOptions, comparesArms: Bool, ace: ACEOptions? = nil) {
    self.plan = plan
    self.output = output
    self.comparesArms = comparesArms
    showsStatistics = ace?.showsStatistics ?? false
    showsDecisions = ace?.showsDecisions ?? false
    records = SweepRecords(aceFields: showsStatistics ? ACEStatistics.fieldNames : [])
    progress = ProgressLine(isEnabled: !output.quiet)
  }

  /// Runs the plan and shows its results; the status is what the program ends with.
  func run(into destination: SweepOutput.Destination) throws -> Status {
    if !output.quiet { NumaOptions.showRemarks(plan) }
    let (ending, failedCount) = try measure(into: destination)
    ProgressLine.clear()
    showResults(destination)
    if showsStatistics, statistics.isEmpty { Diagnostic.warn("--stats shows nothing: no process was ACE's") }
    if showsDecisions, decisions.isEmpty { Diagnostic.warn("--decisions shows nothing: no process was ACE's") }
    switch ending {
    case .finished: break
    case .interrupted: Diagnostic.warn("interrupted; what was finished is kept")
    case .outOfTime: Diagnostic.warn("the time limit is reached; what was finished is kept")
    }
    showNextCommand(destination, isFinished: ending == .finished)
    if ending == .interrupted { return .interrupted }
    return failedCount == 0 ? .done : .failed
  }

  /// Runs the plan. Its replay programs are gone afterwards: whoever reads the results may close the pipe, and end this
  /// program where nothing is cleaned up any more.
  private func measure(into destination: SweepOutput.Destination) throws -> (Sweep.Ending, failedCount: Int) {
    let fingerprint = try EnvironmentFingerprint()
    let sweepOutput = try SweepOutput(destination, plan: plan, fingerprint: fingerprint)
    try showEarlierRows(of: sweepOutput)
    let sweep = try Sweep(
      plan, output: sweepOutput, fingerprint: fingerprint, worker: try WorkerLocation.path(), observer: self)
    return (try sweep.run(), sweep.failedCount)
  }

  /// Prints the worker of every arm, cell and pass as a shell would take it.
  func showCommands() throws {
    let worker = try WorkerLocation.path()
    for cell in plan.cells {
      Streams.writeOutput("# \(cell.cell.identifier)\n")
      for (pass, count) in plan.passes {
        Streams.writeOutput("# \(pass.rawValue) pass, \(count) rounds\n")
        for arm in plan.arms {
          let command = WorkerCommand(
            arm: arm, plan: plan, programPath: "PROGRAM", pass: pass.rawValue, worker: worker)
          Streams.writeOutput(command.shellText + "\n")
        }
      }
    }
  }

  func willRun(done: Int, total: Int, what: String) {
    progress.show(done: done, total: total, what: what)
  }

  func didMeasure(_ sample: Sample, _ details: RunDetails) {
    if let figures = details.ace {
      statistics.add(figures, of: sample)
      if showsDecisions { decisions.add(figures, of: sample) }
      if output.format == .json { records.add(figures, of: sample) }
    }
    show(sample)
  }

  private func show(_ sample: Sample) {
    summary.add(sample)
    comparison.add(sample)
    if output.format == .json { records.add(sample) }
  }

  func didNotice(_ text: String) { Diagnostic.warn(text) }

  /// Rows of a sweep that is resumed belong into its tables too.
  private func showEarlierRows(of sweepOutput: SweepOutput) throws {
    guard let path = sweepOutput.samplesPath else { return }
    for file in SampleFile.existingPaths(for: path) {
      try SampleReader(path: file).forEach { sample in
        if sample.planHash == plan.hash { show(sample) }
      }
    }
  }

  private func showResults(_ destination: SweepOutput.Destination) {
    // The rows have standard output to themselves.
    guard destination != .standardOutput else { return }
    switch output.format {
    case .text, .markdown:
      Streams.writeOutput(summary.render(output.tableStyle, width: Terminal.width))
      if comparesArms {
        let sentences = comparison.sentences()
        if !sentences.isEmpty { Streams.writeOutput("\n" + sentences.joined(separator: "\n") + "\n") }
      }
      if showsStatistics, !statistics.isEmpty {
        Streams.writeOutput("\n" + statistics.render(output.tableStyle, width: Terminal.width))
      }
      if showsDecisions, !decisions.isEmpty {
        Streams.writeOutput("\n" + decisions.render(output.tableStyle, width: Terminal.width))
      }
    case .json: output.show(showsDecisions ? decisions.records : records.table)
    case .csv: if showsDecisions { output.show(decisions.records) }
    }
  }

  private func showNextCommand(_ destination: SweepOutput.Destination, isFinished: Bool) {
    guard !output.quiet, case .folder(let folder) = destination else { return }
    let next =
      isFinished
      ? "acebench run WORKLOAD -n 20 looks closer at one of them"
      : ShellText.command(["acebench", "sweep", "--resume", folder])
    Diagnostic.note("rows are in \(folder)/samples.csv; next: \(next)")
  }
}
