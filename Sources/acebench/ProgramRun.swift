// SPDX-License-Identifier: MIT

import Allocators
import ArgumentParser
import Experiments
import Reports
import Results

/// `acebench run -- COMMAND`: a real program with each allocator preloaded.
struct ProgramRun {
  var command: [String]
  var measure: MeasureOptions
  var show: OutputOptions

  private static let defaultRoundCount = 10

  func run() throws {
    var description = ExperimentDescription()
    try measure.override(&description)
    try description.checkRanges()
    let placement = try NumaPlacement(description, topology: .current)
    if !show.quiet { for remark in placement.remarks { Diagnostic.note(remark) } }
    let roundCount = measure.rounds ?? Self.defaultRoundCount
    let names = measure.allocators.isEmpty ? AvailableAllocators.names : measure.allocators
    let allocators = try names.map { try AllocatorCatalog.allocator(describedBy: $0) }
    if measure.dryRun {
      for allocator in allocators where allocator.source != .floor {
        let preload = allocator.libraryPath.map { ShellText.assignment("LD_PRELOAD=\($0)") + " " } ?? ""
        Streams.writeOutput(preload + ShellText.command(command) + "\n")
      }
      return
    }
    var progress = ProgressLine(isEnabled: !show.quiet)
    var summary = ProgramSummary(allocators: allocators.map(\.name))
    var failedCount = 0
    let preloaded = PreloadedRun(
      command: command, allocators: allocators, roundCount: roundCount, seed: measure.seed ?? 1,
      binding: placement.binding)
    let isFinished = try preloaded.run { done, total, what in
      progress.show(done: done, total: total, what: what)
    } didMeasure: { measurement in
      let usage = measurement.usage
      if usage.status != 0 { failedCount += 1 }
      summary.add(
        measurement.allocator,
        ProgramSummary.Figures(
          elapsedNanoseconds: Double(usage.elapsedNanoseconds),
          processorNanoseconds: Double(usage.userNanoseconds + usage.systemNanoseconds),
          peakRSSByteCount: usage.peakRSSByteCount.map { Double($0) }, minorFaultCount: Double(usage.minorFaultCount),
          status: usage.status))
    }
    ProgressLine.clear()
    switch show.format {
    case .text, .markdown:
      Streams.writeOutput(summary.table.render(show.tableStyle, width: Terminal.width))
      Streams.writeOutput("\n" + summary.sentences.map { $0 + "\n" }.joined())
    case .csv, .json: show.show(summary.records)
    }
    if failedCount > 0 { Diagnostic.warn("\(command[0]) failed in \(failedCount) of the runs") }
    if !show.quiet { Diagnostic.note("next: acebench record -- \(ShellText.command(command))") }
    if !isFinished { throw ExitCode(Status.interrupted.rawValue) }
    if failedCount > 0 { throw ExitCode(Status.failed.rawValue) }
  }
}
