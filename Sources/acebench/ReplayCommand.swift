// SPDX-License-Identifier: MIT

import ArgumentParser
import Experiments
import Trace

/// `acebench replay`
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Measure allocators on recorded traces, and compare them.",
    usage: "acebench replay <traces> ... [<options>] [--validate [-- <command> ...]]",
    discussion: """
      A trace is replayed on as many threads as it was recorded with, each doing what its original did.

      --validate asks how far replays can be believed: it runs the recorded program, with each allocator preloaded, by turns \
      with the replay, and shows how much more or less than the first allocator each takes, as the program shows it and as \
      the replay predicts it. The command is the trace's own, in this folder, or the one behind '--'.
      """)

  @Argument(help: "Traces, in any format that 'acebench trace' reads.", completion: .file(extensions: ["acetrace"]))
  var traces: [String]

  @OptionGroup(title: "Measuring") var measure: MeasureOptions

  @Flag(help: "Verify contents, alignment, overlap and usable size of every block instead of measuring.")
  var check = false

  @Flag(
    name: .customLong("validate"), help: "Hold the replay against the recorded program itself, run with each allocator."
  )
  var validatesReplay = false

  @OptionGroup var ace: ACEOptions

  @Option(name: [.short, .long], help: "Keep the rows: a folder, a .csv file, or - for standard output.")
  var output: String?

  @OptionGroup(title: "Output") var show: OutputOptions

  /// What stands behind '--'. ArgumentParser has no room for a second list, and puts it behind the traces.
  private var command: [String] {
    guard let terminator = CommandLine.arguments.firstIndex(of: "--") else { return [] }
    return Array(CommandLine.arguments[(terminator + 1)...])
  }

  private var namedTraces: [String] { traces.dropLast(command.count) }

  func validate() throws {
    guard validatesReplay else {
      if !command.isEmpty { throw ValidationError("A program behind '--' is for --validate.") }
      return
    }
    if !command.isEmpty, namedTraces.count != 1 {
      throw ValidationError("A program behind '--' was recorded in one trace: name that one alone.")
    }
    let idle = [
      ("--check", check), ("--stats", ace.showsStatistics), ("--decisions", ace.showsDecisions),
      ("--switch", !measure.switches.isEmpty), ("--pass", !measure.passes.isEmpty),
      ("--threads", measure.threads != nil), ("--drain", measure.drain != nil),
    ].filter(\.1).map(\.0)
    if let output, !output.hasSuffix(".csv") {
      throw ValidationError(
        "With --validate, -o takes a file for the figures, whose name ends in .csv, and not '\(output)'.")
    }
    if !idle.isEmpty { throw ValidationError("--validate has no use for \(idle.joined(separator: ", ")).") }
  }

  func run() throws {
    show.apply()
    for trace in namedTraces { _ = try TraceFile.open(path: trace) }
    if validatesReplay {
      return try ValidatedReplay(traces: namedTraces, command: command, measure: measure, output: output, show: show)
        .run()
    }
    try WorkloadRun(
      name: "replay", workloads: namedTraces, measure: measure, check: check, ace: ace, output: output, show: show
    ).run()
  }
}
