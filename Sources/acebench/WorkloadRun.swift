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
  var ace: ACEOptions
  var output: String?
  var show: OutputOptions

  func run() throws {
    // Decisions have the formats for programs to themselves.
    let format = ace.showsDecisions ? .text : show.format
    let destination = SweepOutput.Destination(option: output, format: format, otherwise: .nowhere)
    try checkThatThereIsRoom(destination)
    var description = ExperimentDescription()
    description.name = name
    description.workloads = workloads
    description.allocators = AvailableAllocators.names
    try measure.override(&description)
    let plan = try Plan(description)
    try measure.requireUseOfSwitches(plan)
    let status: Status
    if check {
      status = try CheckedRun(plan: plan, show: show).run()
    } else {
      let measured = MeasuredExperiment(plan, output: show, comparesArms: true, ace: ace)
      if measure.dryRun { return try measured.showCommands() }
      status = try measured.run(into: destination)
    }
    if status != .done { throw ExitCode(status.rawValue) }
  }

  /// Refuses to show of ACE what has nowhere to be shown.
  private func checkThatThereIsRoom(_ destination: SweepOutput.Destination) throws {
    let help = check ? "leave out --check, which measures nothing" : "leave standard output to it: -o FILE.csv"
    if ace.showsStatistics, check || show.format == .csv || destination == .standardOutput {
      throw Failure(error: "--stats has nowhere to show counters", help: [help], status: .usage)
    }
    if ace.showsDecisions, check || destination == .standardOutput {
      throw Failure(error: "--decisions has nowhere to show them", help: [help], status: .usage)
    }
    if ace.showsStatistics, ace.showsDecisions, show.format == .json {
      throw Failure(
        error: "--stats and --decisions do not fit into one JSON", help: ["leave one of them out"], status: .usage)
    }
  }
}
