// SPDX-License-Identifier: MIT

import Allocators
import ArgumentParser
import Experiments

/// Workloads and traces on the allocators that are there: what `run` and `replay` do.
struct WorkloadRun {
  var name: String
  var workloads: [String]
  var measure: MeasureOptions
  var check: Bool
  var showsStatistics: Bool
  var output: String?
  var show: OutputOptions

  func run() throws {
    let destination = SweepOutput.Destination(option: output, format: show.format, otherwise: .nowhere)
    if showsStatistics, check || show.format == .csv || destination == .standardOutput {
      throw Failure(
        error: "--stats has nowhere to show counters",
        help: [check ? "leave out --check, which measures nothing" : "leave standard output to it: -o FILE.csv"],
        status: .usage)
    }
    var description = ExperimentDescription()
    description.name = name
    description.workloads = workloads
    description.allocators = AvailableAllocators.names
    try measure.override(&description)
    let plan = try Plan(description)
    let status: Status
    if check {
      status = try CheckedRun(plan: plan, show: show).run()
    } else {
      let measured = MeasuredExperiment(plan, output: show, comparesArms: true, showsStatistics: showsStatistics)
      if measure.dryRun { return try measured.showCommands() }
      status = try measured.run(into: destination)
    }
    if status != .done { throw ExitCode(status.rawValue) }
  }
}
