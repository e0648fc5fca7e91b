// SPDX-License-Identifier: MIT

import ArgumentParser
import Comparison
import Experiments
import Reports
import Results

/// `acebench gate calibrate`
struct GateCalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Find out how far builds of one source are apart, and what a gate must tolerate for that.",
    discussion: """
      Takes five builds or more of the same source that differ in nothing but where their code lies; \
      scripts/build-variants.sh makes such builds of ACE. Says by how much pairs of them differ in speed, and which \
      'tolerate' covers 95 % of that.
      """)

  @Argument(help: "Libraries: builds of the same source.", completion: .file(extensions: ["so"]))
  var builds: [String]

  @Option(name: [.customShort("n"), .long], help: "Rounds: processes of every build in each cell.")
  var rounds = 20

  @OptionGroup(title: "What is measured") var gate: GateOptions

  @Option(name: [.short, .long], help: "A new folder for the rows (default results/DATE-gate-calibrate).")
  var output: String?

  @OptionGroup(title: "Output") var show: OutputOptions

  /// With fewer, the largest of their distances says little about the next build.
  private static let smallestBuildCount = 5

  func run() throws {
    show.apply()
    guard builds.count >= Self.smallestBuildCount else {
      throw Failure(
        error: "calibrating takes \(Self.smallestBuildCount) builds or more, not \(builds.count)",
        help: ["scripts/build-variants.sh makes builds of ACE that differ only in where their code lies"],
        status: .usage)
    }
    try MeasureOptions.require("--rounds", rounds, atLeast: StageLimits.smallestMinimum)
    let measurement = try CalibrationRun(try gate.description(), builds: builds, roundCount: rounds)
    let folder = output ?? ResultsFolder.dated("gate-calibrate")
    let progress = SweepProgress(isQuiet: show.quiet)
    let calibration = try measurement.run(into: folder, worker: try WorkerLocation.path(), observer: progress)
    ProgressLine.clear()
    let distances = calibration.distances
    guard let tolerance = LayoutCalibration.tolerance(for: distances) else {
      if Interruption.isRequested {
        throw Failure(error: "interrupted before a round was finished", status: .interrupted)
      }
      if progress.failedCount > 0 { throw failure(progress.failedCount, folder) }
      throw Failure(error: "no pair of builds has a round in common", status: .failed)
    }
    show.show(Self.table(distances))
    if Interruption.isRequested {
      Diagnostic.warn("interrupted: the table is of the rounds that were finished")
      throw ExitCode(Status.interrupted.rawValue)
    }
    if progress.failedCount > 0 { throw failure(progress.failedCount, folder) }
    if show.format == .text {
      Streams.writeOutput(
        "\ntolerate \((tolerance * 1000).rounded() / 10) % covers 95 % of the distances\n")
    }
    if !show.quiet { Diagnostic.note("rows are in \(folder); next: set tolerate in the gate's file") }
  }

  private func failure(_ failedCount: Int, _ folder: String) -> Failure {
    Failure(
      error: failedCount == 1 ? "a process did not finish" : "\(failedCount) processes did not finish",
      notes: ["what must be tolerated is not known; rows are in \(folder)"], status: .failed)
  }

  /// A row for each cell: the median and the largest distance of its pairs, in percent.
  private static func table(_ distances: [LayoutCalibration.Distance]) -> RecordTable {
    var table = RecordTable(fields: ["cell", "pairs", "median_percent", "largest_percent", "farthest_builds"])
    for (cell, group) in Dictionary(grouping: distances, by: \.cell).sorted(by: {
      $0.key.identifier < $1.key.identifier
    }) {
      let sorted = group.sorted { $0.logDistance < $1.logDistance }
      guard let largest = sorted.last else { continue }
      table.append([
        .text(cell.identifier), .integer(UInt64(group.count)), .real(percent(sorted[sorted.count / 2].logDistance)),
        .real(percent(largest.logDistance)), .text(largest.builds.joined(separator: ", ")),
      ])
    }
    return table
  }

  private static func percent(_ logDistance: Double) -> Double { (logDistance * 10_000).rounded() / 100 }
}
