// SPDX-License-Identifier: MIT

extension ComparedFault {
  /// One sentence for people, without a full stop.
  public var words: String {
    switch self {
    case .mixedEnvironments(let side, let groups):
      "the machine changed between rows of the \(side.rawValue): \(Self.words(for: groups, "environment"))"
    case .mixedSessions(let side, let groups):
      "rows of the \(side.rawValue) are of more than one session: \(Self.words(for: groups, "session"))"
    case .differentEnvironments(let base, let candidate):
      "the base was measured in environment \(Self.shown(base)) and the candidate in \(Self.shown(candidate))"
    case .noCommonCell(let baseCellCount, let candidateCellCount):
      "no cell has rows of both: the base has \(Self.cells(baseCellCount)), the candidate \(Self.cells(candidateCellCount))"
    case .noCommonRound(let differentSeedCount):
      differentSeedCount > 0
        ? "no round ran the same operations on both sides: the seeds of \(differentSeedCount) rounds differ"
        : "no round was finished by both"
    case .noValue: "no round has a usable value of the metric on both sides"
    }
  }

  private static func words(for groups: [Group], _ name: String) -> String {
    groups.map { "\(name) \(shown($0.name)) in \($0.rows)" }.joined(separator: "; ")
  }

  private static func shown(_ name: String) -> String { name.isEmpty ? "without a name" : name }

  private static func cells(_ count: Int) -> String { count == 1 ? "1 cell" : "\(count) cells" }
}
