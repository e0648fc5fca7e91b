// SPDX-License-Identifier: MIT

import Results

extension GateFault {
  /// One sentence for people, without a full stop.
  public var words: String {
    switch self {
    case .noRows: "there are no rows"
    case .foreignRows(let rows): "\(rows): no stage of a gate, as in a sweep"
    case .foreignArm(let name, let rows): "\(rows): '\(name)' is no arm of a gate"
    case .foreignCell(let identifier, let rows): "\(rows): the settings of the gate have no cell '\(identifier)'"
    case .repeatedRun(let rows): "\(rows): the same arm has run in the same round before, or another in the same place"
    case .failedRun(let title, let role, let outcome, let row):
      "row \(row): \(role.rawValue) failed on \(title): \(Self.words(for: outcome))"
    case .incompleteRound(let title, let pass, let round, let missing, let rows):
      "\(rows): round \(round) of \(title) (\(pass.rawValue) pass) has no finished run of "
        + missing.map(\.rawValue).joined(separator: " and of ")
    case .missingFigure(let metric, let rows): "\(rows): no usable \(metric.metric.column)"
    case .missingArm(let role): "no row is of \(role.rawValue): there is nothing to compare"
    case .missingCell(let title, let pass): "\(title) has no complete round of the \(pass.rawValue) pass"
    case .nothingJudged: "no cell counts: all are ignored, or there is none"
    case .mixedEnvironments(let groups): "the machine changed in between: " + Self.words(for: groups, "environment")
    case .mixedSessions(let groups): "there is more than one session: " + Self.words(for: groups, "session")
    case .mixedLibraries(let role, let groups):
      "the file of \(role.rawValue) changed in between: " + Self.words(for: groups, "SHA-256")
    case .failedControl(.baseSlowed): "the control that was slowed down on purpose passed: this gate would see nothing"
    case .failedControl:
      "a copy of the base came out at another speed than the base: what this gate sees is not the change"
    case .expiredIgnore(let title, let ignore):
      "\(title) was ignored until \(ignore.until) (\(ignore.reason)), and the day has passed"
    case .shortHistory(let title, let sessionCount, let minimum, let mismatches):
      (title.map { "\($0): " } ?? "")
        + "\(sessionCount) stored \(sessionCount == 1 ? "session" : "sessions") can be compared, and it takes \(minimum)"
        + (mismatches.isEmpty ? "" : "; of the others " + mismatches.map(\.words).joined(separator: ", "))
    case .strayReference(let title, let metric, let value, let expected):
      "\(title): the reference itself had a \(metric.metric.column) of \(Self.short(value)), where stored sessions let "
        + "expect \(Self.short(expected.lowerBound)) to \(Self.short(expected.upperBound)): the machine, or what else "
        + "it does, is not what it was"
    }
  }

  /// More groups than this are not printed one by one.
  private static let printedGroupCount = 6

  private static func words(for groups: [Group], _ name: String) -> String {
    let shown = groups.prefix(printedGroupCount).map { group in
      "\(name) \(group.name.isEmpty ? "without a name" : String(group.name.prefix(16))) in \(group.rows)"
    }
    let rest = groups.count - shown.count
    return (shown + (rest > 0 ? ["and \(rest) more"] : [])).joined(separator: "; ")
  }

  private static func words(for outcome: Outcome) -> String {
    if let signal = outcome.signal { return "\(outcome.status.rawValue), signal \(signal)" }
    if let code = outcome.exitCode, code != 0 {
      return (outcome.status == .exit ? "" : outcome.status.rawValue + ", ") + "exit code \(code)"
    }
    return outcome.status.rawValue
  }

  /// Without decimals that nobody reads.
  private static func short(_ value: Double) -> String {
    abs(value) < 1000 || abs(value) > 1e15 ? "\((value * 1000).rounded() / 1000)" : "\(Int64(value.rounded()))"
  }
}
