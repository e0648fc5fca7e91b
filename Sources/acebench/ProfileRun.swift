// SPDX-License-Identifier: MIT

import Experiments
import Profiling
import Reports

/// Measures the sections of a profile one after the other, writes each to the folder when it is complete, and shows it.
struct ProfileRun {
  static let defaultRoundCount = 5

  let subject: any ProfileSubject
  let roundCount: Int
  let backend: SyscallBackend?
  let stacks: Recording.Stacks.Method
  let folder: String
  /// After this long no new round is begun; nil for no limit.
  let timeLimitSeconds: Double?
  let show: OutputOptions
  var progress: ProgressLine
  private var failedCount = 0
  /// The sections that were asked for; nil for all that there are.
  private var chosen: [ProfileSection]?
  /// What the program writes is shown of its first run alone.
  private var showsOutput = true
  /// The tables of `-f json`, by the names of their sections.
  private var documents: [(name: String, records: RecordTable)] = []

  init(
    subject: any ProfileSubject, roundCount: Int, timeLimitSeconds: Double?, backend: SyscallBackend?,
    stacks: Recording.Stacks.Method, folder: String, show: OutputOptions
  ) {
    self.subject = subject
    self.roundCount = roundCount
    self.timeLimitSeconds = timeLimitSeconds
    self.backend = backend
    self.stacks = stacks
    self.folder = folder
    self.show = show
    progress = ProgressLine(isEnabled: !show.quiet)
  }

  /// Measures and shows the sections that were asked for, or all that there are; the status is what the program ends with.
  mutating func perform(_ chosen: [ProfileSection]?) throws -> Status {
    try ResultsFolder.make(folder)
    self.chosen = chosen
    for section in chosen ?? ProfileSection.allCases where !Interruption.isRequested {
      do {
        switch section {
        case .counters: try performCounters()
        case .syscalls: try performSyscalls()
        case .cpu: try performSamples()
        case .allocations: try performAllocations()
        }
      } catch let error as ProfilingError where chosen?.count != 1 {
        // What could be had is still shown. That a trace has no stacks is no fault where nobody has asked for them.
        if case .traceWithoutStacks = error, chosen == nil { continue }
        let failure = FailureWords.describe(error)
        Diagnostic.warn(([failure.error] + failure.notes + failure.help).joined(separator: "; "))
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

  mutating func nextTarget(arm: Int, round: Int) throws -> ProfiledTarget {
    try subject.target(arm: arm, round: round, showsOutput: takeOutput())
  }

  /// Whether what the program writes is to be seen: of its first run, unless programs read standard output.
  mutating func takeOutput() -> Bool {
    let isFirst = showsOutput
    showsOutput = false
    return isFirst && isForPeople
  }

  /// Tells of a process that has failed.
  mutating func note(_ outcome: ProfiledOutcome, arm: Int) throws {
    try subject.check(outcome, arm: arm)
    guard let fault = outcome.fault else { return }
    failedCount += 1
    Diagnostic.warn("\(subject.arms[arm]) on \(subject.name): \(fault)")
  }

  func isChosen(_ section: ProfileSection) -> Bool { chosen?.contains(section) ?? false }

  var isForPeople: Bool { show.format == .text || show.format == .markdown }

  /// Writes a table to the folder, and keeps it for standard output where programs read that.
  mutating func write(_ name: String, _ records: RecordTable) throws {
    try ResultsFolder.replace("\(folder)/\(name).csv", with: Array(records.render(.csv).utf8))
    if show.format == .csv { Streams.writeOutput(records.render(.csv)) }
    documents.append((name, records))
  }

  /// One object with a member for each section.
  private static func json(_ documents: [(name: String, records: RecordTable)]) -> String {
    let members = documents.map { "\"\($0.name)\": \($0.records.render(.json).trimmed)" }
    return "{\n" + members.joined(separator: ",\n") + "\n}\n"
  }
}

extension String {
  /// Without the line break at the end.
  fileprivate var trimmed: String { last == "\n" ? String(dropLast()) : self }
}
