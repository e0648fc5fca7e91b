// SPDX-License-Identifier: MIT

import Comparison
import Results

/// A file of settings that ACE reads (`ACE_CONF`), with what led to it as comments.
public struct TuningConf: Sendable {
  public var standing: TuningStanding
  public var goal: TuningGoal
  public var workload: Cell
  public var library: Library
  public var seed: UInt64
  /// ISO 8601 in UTC.
  public var date: String
  public var harnessVersion: String

  /// What ACE asks for before it believes the rest.
  private static let version = "ace-conf 1"
  /// The second line, by which a file is known that may be replaced.
  private static let mark = "# Written by acebench tune. ACE_CONF=/path/to/this/file loads it."

  public init(
    standing: TuningStanding, goal: TuningGoal, workload: Cell, library: Library, seed: UInt64, date: String,
    harnessVersion: String
  ) {
    self.standing = standing
    self.goal = goal
    self.workload = workload
    self.library = library
    self.seed = seed
    self.date = date
    self.harnessVersion = harnessVersion
  }

  /// The whole file. Settings that are the defaults' are not in it.
  public var text: String {
    let threads = workload.threadCount == 1 ? "1 thread" : "\(workload.threadCount) threads"
    let parameters = workload.parameters.isEmpty ? "" : " (\(workload.parameters))"
    let source = workload.traceSHA256.isEmpty ? "workload" : "trace"
    var lines = [
      Self.version, Self.mark, "#", "# \(source): \(workload.workload.printable)\(parameters), \(threads)",
    ]
    if !workload.traceSHA256.isEmpty { lines.append("# trace sha256: \(workload.traceSHA256)") }
    lines += [
      "# library sha256: \(library.sha256)", "# goal: \(goal.rawValue)",
      "# against the defaults, on rounds that had no part in the choice: \(TuningSentences.effects(standing))",
      "# made: \(date), acebench \(harnessVersion), seed \(seed)", "",
    ]
    lines += standing.candidate.settings.map { "\($0.name) = \($0.value)" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Whether a file begins as this writes them.
  public static func isOwn(_ text: String) -> Bool { text.hasPrefix("\(version)\n\(mark)\n") }
}
