// SPDX-License-Identifier: MIT

import Allocators
import ArgumentParser
import Comparison
import Experiments

/// `acebench ablate`
struct AblateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ablate",
    abstract: "Say what each of ACE's settings is worth: speed and memory, gains and costs.",
    discussion: """
      ACE with everything on is held against ACE with one thing changed: each switch, the engine, the route, the place \
      of slabs' records, the profile. All take turns in random order, in fresh processes, and are compared round by \
      round. Without workloads it runs those of workloads/ablation.json5.

      A figure is what the setting is worth: "3.1 % more throughput (2.0 % to 4.2 %)" is the centre of the rounds' \
      ratios, with it to without it, and the 95 % interval. p is two-sided, of a signed-rank test; adjusted, it is \
      corrected for all figures of the ablation (Benjamini-Hochberg). Gains and costs have an adjusted p of at most 0.05 \
      and an interval that reaches beyond the margin and leaves out none. Of the rest the table says what difference can \
      be ruled out.
      """)

  @Argument(help: "Workloads with their parameters (larson:2000000,500), or traces' paths.")
  var workloads: [String] = []

  @OptionGroup(title: "Measuring") var measure: AblateMeasureOptions

  @Option(help: "The largest difference that counts as none, as a fraction.")
  var margin = 0.01

  @Option(name: [.short, .long], help: "A new folder for rows and effects (default results/DATE-ablation).")
  var output: String?

  @Option(help: "Go on with an ablation that was cut short, in its folder.", completion: .directory)
  var resume: String?

  @Option(help: "Analyse the rows that are in this folder. Nothing is measured.", completion: .directory)
  var from: String?

  @Option(help: "Write all of it to this file, as a document.", completion: .file(extensions: ["md"]))
  var markdown: String?

  @Flag(help: "Print the commands of the workers, and run nothing.")
  var dryRun = false

  @OptionGroup(title: "Output") var show: OutputOptions

  func run() throws {
    show.apply()
    guard margin >= 0, margin < 1 else {
      throw Failure(error: "--margin cannot be \(margin)", help: ["it is a fraction, such as 0.01"], status: .usage)
    }
    try AblateFailureWords.translating { try runTranslated() }
  }

  private func runTranslated() throws {
    if let from { return try analyse(Self.folder(from)) }
    let resume = self.resume.map(Self.folder)
    let plan = try resume.map(resumedPlan) ?? newPlan()
    if dryRun { return try MeasuredExperiment(plan.plan, output: show, comparesArms: false).showCommands() }
    let folder = resume ?? output.map(Self.folder) ?? ResultsFolder.dated("ablation")
    if resume == nil { try AblateMeasurement.refuseRows(in: folder) }
    let status = try AblateMeasurement(plan: plan, folder: folder, isQuiet: show.quiet).run()
    do {
      try closing(plan.description, folder, planHash: plan.plan.hash).close()
    } catch let failure as Failure {
      // Rows that do not suffice are no news where something failed before.
      if status == .done { throw failure }
      Diagnostic.report(failure)
    }
    if status != .done { throw ExitCode(status.rawValue) }
  }

  /// As the names of files follow it.
  private static func folder(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  private func analyse(_ folder: String) throws {
    let idle =
      (workloads.isEmpty ? [] : ["the workloads"]) + measure.given(isResumed: false)
      + [("--output", output != nil), ("--resume", resume != nil), ("--dry-run", dryRun)].filter(\.1).map(\.0)
    guard idle.isEmpty else {
      throw Failure(
        error: "--from analyses rows that are there, by the settings that lie beside them",
        help: ["leave out \(idle.joined(separator: ", "))"], status: .usage)
    }
    try closing(try AblationDescription(folder: folder), folder, planHash: nil).close()
  }

  private func closing(
    _ description: AblationDescription, _ folder: String, planHash: String?
  ) throws -> AblateClosing {
    let file = ComparedFile(path: folder)
    for further in file.furtherPaths { Diagnostic.warn("the rows in \(further) are left out: they have other columns") }
    return AblateClosing(
      description: description, folder: folder,
      rows: try AblationRows(samplesPath: file.samplesPath, planHash: planHash), margin: margin,
      documentPath: markdown, show: show)
  }

  private func resumedPlan(_ folder: String) throws -> AblationPlan {
    let idle =
      (workloads.isEmpty ? [] : ["the workloads"]) + measure.given(isResumed: true)
      + (output == nil ? [] : ["--output"])
    guard idle.isEmpty else {
      throw Failure(
        error: "--resume goes on with its own plan, in its own folder",
        help: ["leave out \(idle.joined(separator: ", "))"],
        status: .usage)
    }
    let description = try AblationDescription(folder: folder)
    var experiment = try ExperimentDescription(path: folder + "/plan.json")
    try measure.override(&experiment)
    return try AblationPlan(description, experiment)
  }

  private func newPlan() throws -> AblationPlan {
    var experiment = try ExperimentDescription(
      path: try measure.config ?? ShippedFiles.path("workloads/ablation.json5"))
    if !workloads.isEmpty {
      experiment.workloads = workloads
      // What is kept after a second is a figure of its own; a file of many workloads says itself whether it waits for that.
      experiment.drainMilliseconds = [1000]
    }
    try measure.override(&experiment)
    if measure.factorial, measure.switches.isEmpty {
      throw AblationError.factorCount(0, largest: AblationFactorial.largestFactorCount)
    }
    let catalog = try AblationCatalog(base: measure.base ?? AblationCatalog.profiles[0])
    let builds = measure.switches.isEmpty ? ["ace-table", "ace-header"] : []
    let description = try AblationDescription(
      catalog, switches: measure.switches, isFactorial: measure.factorial,
      builds: try AvailableAllocators.keeping(builds).map { String($0.dropFirst("ace-".count)) },
      command: ShellText.command(["acebench"] + CommandLine.arguments.dropFirst()))
    return try AblationPlan(description, experiment)
  }
}
