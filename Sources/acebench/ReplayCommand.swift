// SPDX-License-Identifier: MIT

import ArgumentParser
import Experiments
import Trace

/// `acebench replay`
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Measure allocators on recorded traces, and compare them.",
    discussion: "A trace is replayed on as many threads as it was recorded with, each doing what its original did.")

  @Argument(help: "Traces, in any format that 'acebench trace' reads.", completion: .file(extensions: ["acetrace"]))
  var traces: [String]

  @OptionGroup(title: "Measuring") var measure: MeasureOptions

  @Flag(help: "Verify contents, alignment, overlap and usable size of every block instead of measuring.")
  var check = false

  @OptionGroup var ace: ACEOptions

  @Option(name: [.short, .long], help: "Keep the rows: a folder, a .csv file, or - for standard output.")
  var output: String?

  @OptionGroup(title: "Output") var show: OutputOptions

  func run() throws {
    show.apply()
    for trace in traces { _ = try TraceFile.open(path: trace) }
    try WorkloadRun(
      name: "replay", workloads: traces, measure: measure, check: check, ace: ace, output: output, show: show
    ).run()
  }
}
