// SPDX-License-Identifier: MIT

import ArgumentParser
import Experiments
import Glibc
import Results

/// The program: it hands over to a command, and turns what a command throws into words and an exit code.
@main
struct Acebench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "acebench",
    abstract: "Benchmarks memory allocators with synthetic workloads and traces of real programs.",
    discussion: """
      Every measurement is a fresh process; allocators take turns in random order; the cost of the harness is a row of \
      its own. Begin with 'acebench doctor' and 'acebench list'.
      """,
    version: HarnessVersion.current,
    groupedSubcommands: [
      CommandGroup(name: "Measure:", subcommands: [SweepCommand.self, RunCommand.self, ReplayCommand.self]),
      CommandGroup(
        name: "Decide:",
        subcommands: [CompareCommand.self, GateCommand.self, AblateCommand.self, TuneCommand.self, ReportCommand.self]),
      CommandGroup(name: "Explain:", subcommands: [ProfileCommand.self]),
      CommandGroup(name: "Traces:", subcommands: [RecordCommand.self, TraceCommand.self]),
      CommandGroup(name: "Set-up:", subcommands: [ListCommand.self, DoctorCommand.self]),
    ])

  static func main() {
    Interruption.watch()
    Streams.ignoreBrokenPipes()
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      try SubcommandSuggestion.check(arguments, against: configuration)
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch ResultsError.system(_, _, EPIPE) {
      // Whoever reads the rows has seen enough of them, as 'head' does.
      exit(withError: nil)
    } catch {
      guard let failure = FailureWords.describe(error) else { exit(withError: error) }
      Diagnostic.report(failure)
      exit(withError: ExitCode(failure.status.rawValue))
    }
  }
}
