// SPDX-License-Identifier: MIT

import Experiments
import Profiling
import Reports

/// Measures the sections of a profile one after the other, writes each to the folder when it is complete, and shows it.
struct ProfileRun {
  static let defaultRoundCount = 5

  private let subject: any ProfileSubject
  private let roundCount: Int
  private let backend: SyscallBackend?
  private let folder: String
  /// After this long no new round is begun; nil for no limit.
  private let timeLimitSeconds: Double?
  private let show: OutputOptions
  private var progress: ProgressLine
  private var failedCount = 0
  /// What the program writes is shown of its first run alone.
  private var showsOutput = true
  /// The tables of `-f json`, by the names of their sections.
  private var documents: [(name: String, records: RecordTable)] = []

  init(
    subject: any ProfileSubject, roundCount: Int, timeLimitSeconds: Double?, backend: SyscallBackend?, folder: String,
    show: OutputOptions
  ) {
    self.subject = subject
    self.roundCount = roundCount
    self.timeLimitSeconds = timeLimitSeconds
    self.backend = backend
    self.folder = folder
    self.show = show
    progress = ProgressLine(isEnabled: !show.quiet)
  }

  /// Measures and shows; the status is what the program ends with.
  mutating func perform(_ sections: [ProfileSection]) throws -> Status {
    try ResultsFolder.make(folder)
    for section in sections where !Interruption.isRequested {
      switch section {
      case .counters: try performCounters()
      case .syscalls: try performSyscalls()
      case .cpu:
        do {
          try performSamples()
        } catch let error as ProfilingError where sections.count > 1 {
          // What could be had is still shown.
          let failure = FailureWords.describe(error)
          Diagnostic.warn(([failure.error] + failure.notes + failure.help).joined(separator: "; "))
        }
      }
    }
    if show.format == .json { Streams.writeOutput(Self.json(documents)) }
    if !show.quiet { Diagnostic.note("everything is in \(folder)") }
    if Interruption.isRequested {
      Diagnostic.warn("interrupted; what was finished is kept")
      return .interrupted
    }
    return failedCount == 0 ? .done : .failed
  }

  private mutating func performCounters() throws {
    var summary = CounterSummary(allocators: subject.arms)
    let total = (roundCount + 1) * subject.arms.count
    var done = 0
    var measuredCount = 0
    let begin = MonotonicTime.nowSeconds()
    // The first process of each is not counted: it brings files into memory.
    rounds: for round in 0...roundCount {
      if round > 1, let timeLimitSeconds, MonotonicTime.nowSeconds() - begin > timeLimitSeconds { break }
      for arm in subject.order(round: round, pass: "counters") {
        progress.show(done: done, total: total, what: "counters, round \(round), \(subject.arms[arm])")
        let (outcome, values) = try CounterPass.run(nextTarget(arm: arm, round: max(round, 1)))
        if outcome.isInterrupted { break rounds }
        done += 1
        try note(outcome, arm: arm)
        if round > 0, let values { summary.add(subject.arms[arm], round: round, values) }
        measuredCount = round
      }
    }
    ProgressLine.clear()
    try write("counters", summary.records)
    guard isForPeople else { return }
    Streams.writeOutput(
      show.tableStyle.heading("Counters (medians of \(measuredCount) rounds)")
        + summary.table.render(show.tableStyle, width: Terminal.width) + Self.list(summary.remarks, show.tableStyle))
  }

  private mutating func performSyscalls() throws {
    let pass = try SyscallPass(backend) {
      Diagnostic.note("the program has ended, but not all that it started; ptrace has to wait for that, Ctrl-C ends it")
    }
    var summary = SyscallSummary()
    for (arm, name) in subject.arms.enumerated() {
      progress.show(done: arm, total: subject.arms.count, what: "system calls, \(name)")
      let (outcome, calls) = try pass.run(nextTarget(arm: arm, round: 1))
      if outcome.isInterrupted { break }
      try note(outcome, arm: arm)
      if case .worker = outcome, outcome.fault != nil { continue }
      summary.add(name, calls)
      if calls.remainingThreadCount > 0, !show.quiet {
        Diagnostic.note(
          "with \(name), \(calls.remainingThreadCount) threads that the program had started were there when it ended; "
            + "what they did until then is counted")
      }
      if calls.lostThreadCount > 0 {
        Diagnostic.warn("with \(name), \(calls.lostThreadCount) threads were too many to be followed")
      }
    }
    ProgressLine.clear()
    for refusal in pass.refusals where !show.quiet {
      Diagnostic.note("\(refusal.backend.rawValue) is not used: \(FailureWords.reason(refusal.failure))")
    }
    guard !summary.isEmpty else { return }
    try write("syscalls", summary.records)
    if isForPeople { Streams.writeOutput(summary.render(show.tableStyle, width: Terminal.width)) }
  }

  private mutating func performSamples() throws {
    let files = ProfileFiles(folder: folder)
    var first: (name: String, profile: StackProfile)?
    for (arm, name) in subject.arms.enumerated() {
      progress.show(done: arm, total: subject.arms.count, what: "samples, \(name)")
      var (outcome, stacks, profile) = try SamplePass.run(nextTarget(arm: arm, round: 1))
      if outcome.isInterrupted { break }
      try note(outcome, arm: arm)
      ProgressLine.clear()
      if !show.quiet { tell(of: stacks, profile, name) }
      guard profile.total() > 0 else { continue }
      profile.title = "\(subject.name) with \(name)"
      let fileName = "cpu-\(ProfileFiles.fileName(name))"
      try files.write(profile, name: fileName)
      if isForPeople {
        let table = FunctionTable.table(of: FunctionTotals(profile))
        let count = "\(profile.total(measure: 1)) samples of \(stacks.event.rawValue)"
        Streams.writeOutput(
          show.tableStyle.heading("Processor time with \(name) (\(count))")
            + table.render(show.tableStyle, width: Terminal.width) + "\n")
      }
      if let first {
        try files.writeDifference(
          first.profile, named: first.name, profile, named: name, measure: profile.measures[0],
          title: "\(subject.name): \(name) compared with \(first.name)", name: fileName + "-difference")
      } else {
        first = (name, profile)
      }
    }
    ProgressLine.clear()
  }

  /// Says what there is to be known of samples that are not whole.
  private func tell(of stacks: SampledStacks, _ profile: StackProfile, _ name: String) {
    if stacks.lostCount > 0 { Diagnostic.warn("with \(name), \(stacks.lostCount) samples were lost") }
    if !stacks.hasKernel {
      Diagnostic.note(
        "what the kernel does is not sampled: 'sysctl kernel.perf_event_paranoid=1' permits it, as does root")
    }
    if profile.total() == 0 {
      Diagnostic.warn("with \(name) there is no sample: it was too short; --repeat makes a workload longer")
    } else if stacks.lacksFramePointers {
      Diagnostic.note("with \(name), callers are missing: most of what runs was compiled without frame pointers")
    }
  }

  private mutating func nextTarget(arm: Int, round: Int) throws -> ProfiledTarget {
    defer { showsOutput = false }
    return try subject.target(arm: arm, round: round, showsOutput: showsOutput && isForPeople)
  }

  /// Tells of a process that has failed.
  private mutating func note(_ outcome: ProfiledOutcome, arm: Int) throws {
    try subject.check(outcome, arm: arm)
    guard let fault = outcome.fault else { return }
    failedCount += 1
    Diagnostic.warn("\(subject.arms[arm]) on \(subject.name): \(fault)")
  }

  private var isForPeople: Bool { show.format == .text || show.format == .markdown }

  /// Writes a table to the folder, and keeps it for standard output where programs read that.
  private mutating func write(_ name: String, _ records: RecordTable) throws {
    try ResultsFolder.replace("\(folder)/\(name).csv", with: Array(records.render(.csv).utf8))
    if show.format == .csv { Streams.writeOutput(records.render(.csv)) }
    documents.append((name, records))
  }

  /// One object with a member for each section.
  private static func json(_ documents: [(name: String, records: RecordTable)]) -> String {
    let members = documents.map { "\"\($0.name)\": \($0.records.render(.json).trimmed)" }
    return "{\n" + members.joined(separator: ",\n") + "\n}\n"
  }

  private static func list(_ remarks: [String], _ style: TextTable.Style) -> String {
    remarks.map { style == .markdown ? "- \($0)\n" : "  \($0)\n" }.joined() + "\n"
  }
}

extension String {
  /// Without the line break at the end.
  fileprivate var trimmed: String { last == "\n" ? String(dropLast()) : self }
}
