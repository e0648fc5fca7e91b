// SPDX-License-Identifier: MIT

import Allocators
import ArgumentParser
import Experiments
import FoundationEssentials

/// `acebench sweep`
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Measure allocators on many workloads, and write a row for every process.",
    discussion: """
      Without a file it runs workloads/default.json5. Options take the place of what the file says. Results go to a new \
      folder under results/ unless -o says otherwise: a folder, a .csv file, or - for the rows on standard output. A \
      sweep that was cut short goes on with --resume FOLDER.
      """)

  @Argument(help: "An experiment file (JSON5).", completion: .file(extensions: ["json5"]))
  var experiment: String?

  @Option(
    name: [.customShort("w"), .customLong("workload")],
    help:
      "A workload with its parameters (larson:2000000,500) or a trace's path, instead of the file's. Repeat for more.")
  var workloads: [String] = []

  @OptionGroup(title: "Measuring") var measure: MeasureOptions

  @Option(name: [.short, .long], help: "Where the rows go: a folder, a .csv file, or - for standard output.")
  var output: String?

  @Option(help: "Go on with a sweep that was cut short, in its folder.", completion: .directory)
  var resume: String?

  @OptionGroup(title: "Output") var show: OutputOptions

  func validate() throws {
    if resume != nil, output != nil {
      throw ValidationError("--resume goes on in its own folder: leave out -o.")
    }
  }

  func run() throws {
    show.apply()
    var description = try ExperimentDescription(path: try experimentPath())
    if !workloads.isEmpty { description.workloads = workloads }
    try measure.override(&description)
    if measure.allocators.isEmpty { description.allocators = try AvailableAllocators.keeping(description.allocators) }
    let plan = try Plan(description)
    try measure.requireUseOfSwitches(plan)
    let measured = MeasuredExperiment(plan, output: show, comparesArms: false)
    if measure.dryRun { return try measured.showCommands() }
    let status = try measured.run(into: destination(description.name))
    if status != .done { throw ExitCode(status.rawValue) }
  }

  private func experimentPath() throws -> String {
    if let resume {
      if experiment != nil {
        throw Failure(error: "--resume goes on with its own experiment; name no file", status: .usage)
      }
      return resume + "/plan.json"
    }
    if let experiment { return experiment }
    return try ShippedFiles.path("workloads/default.json5")
  }

  private func destination(_ name: String) -> SweepOutput.Destination {
    if let resume { return .folder(resume) }
    let folder = ResultsFolder.dated(name)
    return SweepOutput.Destination(option: output, format: show.format, otherwise: .folder(folder))
  }
}
