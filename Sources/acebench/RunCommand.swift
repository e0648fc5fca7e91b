// SPDX-License-Identifier: MIT

import ArgumentParser
import Experiments

/// `acebench run`
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Measure allocators on one workload, or under a real program, and compare them.",
    discussion: """
      'acebench run larson -t 4 -a mimalloc -a system' replays a workload. 'acebench run -- python3 script.py' runs the \
      program itself with each allocator preloaded. Without -a every allocator that is found takes part, ACE's other builds left out.
      """)

  @Argument(help: "A workload with its parameters, or a trace.")
  var workload: String?

  @OptionGroup(title: "Measuring") var measure: MeasureOptions

  @Flag(help: "Verify contents, alignment, overlap and usable size of every block instead of measuring.")
  var check = false

  @OptionGroup var ace: ACEOptions

  @Option(name: [.short, .long], help: "Keep the rows: a folder, a .csv file, or - for standard output.")
  var output: String?

  @OptionGroup(title: "Output") var show: OutputOptions

  @Argument(parsing: .postTerminator, help: "A program to run with each allocator preloaded.")
  var command: [String] = []

  func validate() throws {
    if (workload == nil) == command.isEmpty {
      throw ValidationError("Name either a workload or a trace, or a program behind '--'.")
    }
    if !command.isEmpty, check || output != nil {
      throw ValidationError("A program behind '--' has no rows to keep and no blocks to check: drop -o and --check.")
    }
    if !command.isEmpty, ace.showsStatistics {
      throw ValidationError("A program behind '--' shows ACE's counters itself: drop --stats and set ACE_STATS=1.")
    }
    if !command.isEmpty, ace.showsDecisions {
      throw ValidationError(
        "A program behind '--' does not tell ACE's decisions: drop --decisions, or record and replay it.")
    }
    if !command.isEmpty, !measure.switches.isEmpty {
      throw ValidationError("A program behind '--' is not set by acebench: drop --switch and set ACE_POLICY.")
    }
  }

  func run() throws {
    show.apply()
    if let workload {
      try WorkloadRun(
        name: "run", workloads: [workload], measure: measure, check: check, ace: ace, output: output, show: show
      ).run()
    } else {
      try ProgramRun(command: command, measure: measure, show: show).run()
    }
  }
}
