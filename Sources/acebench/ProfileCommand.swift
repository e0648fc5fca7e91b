// SPDX-License-Identifier: MIT

import ArgumentParser
import Experiments
import Profiling

/// `acebench profile`
struct ProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: "Show where the time of a workload or a real program goes: counters, system calls, flamegraphs.",
    discussion: """
      'acebench profile larson -t 2 -a mimalloc -a system' looks at the replay of a workload, 'acebench profile -- python3 \
      script.py' at a program with each allocator preloaded. Each section is measured in a pass of its own. What the machine \
      or the system does not permit is said, and the rest is shown; docs/profiling.md says what is needed for what.
      """)

  @Argument(help: "A workload with its parameters, or a trace.")
  var workload: String?

  @Option(
    name: .customLong("show"),
    help: "Sections: \(ProfileSection.allCases.map(\.rawValue).joined(separator: ", ")); commas between or repeated.")
  var sections: [String] = []

  @Option(help: "How system calls are watched: ebpf, ptrace or proc; the first that is permitted unless given.")
  var backend: SyscallBackend?

  @Option(
    help: """
      How stacks of a program's allocations are taken: sampled (on a sample of the bytes), fp (on each, by frame pointers) \
      or unwind (on each, by libunwind).
      """)
  var stacks = Recording.Stacks.Method.sampled

  @OptionGroup(title: "Measuring") var measure: MeasureOptions

  @Option(name: [.short, .long], help: "The folder for the tables (default results/DATE-profile-NAME).")
  var output: String?

  @OptionGroup(title: "Output") var show: OutputOptions

  @Argument(parsing: .postTerminator, help: "A program to run with each allocator preloaded.")
  var command: [String] = []

  func validate() throws {
    if (workload == nil) == command.isEmpty {
      throw ValidationError("Name either a workload or a trace, or a program behind '--'.")
    }
    if !measure.passes.isEmpty || measure.drain != nil {
      throw ValidationError("A profile has passes of its own: drop --pass and --drain.")
    }
    if !command.isEmpty, !measure.switches.isEmpty {
      throw ValidationError("A program behind '--' is not set by acebench: drop --switch and set ACE_POLICY.")
    }
  }

  func run() throws {
    show.apply()
    let sections = try ProfileSection.sections(sections)
    if show.format == .csv, (sections ?? ProfileSection.allCases).filter(\.isTable).count != 1 {
      throw Failure(
        error: "CSV on standard output has room for one table",
        help: ["choose it with --show \(ProfileSection.counters.rawValue); the folder has all of them"], status: .usage)
    }
    if let rounds = measure.rounds { try MeasureOptions.require("--rounds", rounds, atLeast: 1) }
    let subject: any ProfileSubject =
      if let workload {
        try ProfiledWorkload(workload: workload, measure: measure)
      } else {
        try ProfiledProgram(command: command, measure: measure)
      }
    if measure.dryRun { return Streams.writeOutput(try subject.shellTexts().map { $0 + "\n" }.joined()) }
    let folder = output ?? ResultsFolder.dated("profile-\(subject.name)")
    var run = ProfileRun(
      subject: subject, roundCount: measure.rounds ?? ProfileRun.defaultRoundCount,
      timeLimitSeconds: measure.timeLimit?.seconds, backend: backend, stacks: stacks, folder: folder, show: show)
    let status = try run.perform(sections)
    if status != .done { throw ExitCode(status.rawValue) }
  }
}

extension SyscallBackend: ExpressibleByArgument {}
