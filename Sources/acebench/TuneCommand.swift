// SPDX-License-Identifier: MIT

import ArgumentParser
import Comparison
import Experiments
import Glibc
import Results

/// `acebench tune`
struct TuneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Search ACE's settings for a trace or a workload, and write them to a file that ACE loads.",
    discussion: """
      'acebench record -o mine.acetrace -- PROGRAM', 'acebench tune mine.acetrace', 'ACE_CONF=ace.conf \
      LD_PRELOAD=libace.so PROGRAM': record, tune, deploy. It prints what there is to choose from between time and \
      memory; the file is written when the best of it by the goal beats the defaults on rounds that had no part in \
      choosing it. Where nothing does, it says so, writes nothing and ends with 0.
      """)

  @Argument(help: "A trace, or a workload with its parameters.", completion: .file(extensions: ["acetrace"]))
  var workload: String

  @OptionGroup(title: "Searching") var search: TuneOptions

  @Option(help: "The file that the settings are written to.")
  var conf = "ace.conf"

  @Flag(help: "Replace the file of --conf, whoever wrote it.")
  var force = false

  @Option(name: [.short, .long], help: "A new folder for the rows (default results/DATE-tune).")
  var output: String?

  @Flag(help: "Print the commands of the workers for the defaults, and run nothing.")
  var dryRun = false

  @OptionGroup(title: "Output") var show: OutputOptions

  func run() throws {
    show.apply()
    let plan = try search.plan(of: workload)
    if dryRun {
      let worker = try WorkerLocation.path()
      for command in plan.commands(of: .initial, worker: worker) { Streams.writeOutput(command.shellText + "\n") }
      return
    }
    let file = TuneConfFile(path: conf, isForced: force)
    try file.check()
    let folder = output ?? ResultsFolder.dated("tune")
    if access(folder + "/samples.csv", F_OK) == 0 { throw ExperimentError.folderInUse(path: folder) }
    let (found, ending, isCutShort) = try measure(plan, folder)
    ProgressLine.clear()
    try TuneClosing(plan: plan, conf: file, folder: folder, show: show).close(found, ending, isCutShort: isCutShort)
  }

  /// Measures. Its replay programs are gone afterwards: whoever reads the results may close the pipe, and end this
  /// program where nothing is cleaned up any more.
  private func measure(_ plan: TuningPlan, _ folder: String) throws -> (TuningSearch, TuningEnding, isCutShort: Bool) {
    let fingerprint = try EnvironmentFingerprint()
    let run = try TuningRun(
      plan, output: try SweepOutput(.folder(folder), plan: plan.plan, fingerprint: fingerprint),
      fingerprint: fingerprint, worker: try WorkerLocation.path(), observer: TuneProgress(isQuiet: show.quiet))
    let ending = try run.run()
    return (run.search, ending, run.isCutShort)
  }
}
