// SPDX-License-Identifier: MIT

extension ComparedFault {
  /// One sentence for people, without a full stop.
  ///
  /// - Parameters:
  ///   - base: The name of the base's source, such as a file's path.
  ///   - candidate: That of the candidate's.
  public func words(base: String, candidate: String) -> String {
    switch self {
    case .mixedEnvironments(let side, let groups):
      "the machine changed between rows of \(side == .base ? base : candidate): \(Self.words(for: groups, "environment"))"
    case .mixedPlans(let side, let groups):
      "rows of \(side == .base ? base : candidate) are of more than one plan: \(Self.words(for: groups, "plan"))"
    case .differentEnvironments(let baseEnvironment, let candidateEnvironment):
      "\(base) was measured in environment \(Self.shown(baseEnvironment)) and \(candidate) in "
        + Self.shown(candidateEnvironment)
    case .noCommonCell(let baseCellCount, let candidateCellCount):
      "none of the \(Self.cells(baseCellCount)) of \(base) is among the \(Self.cells(candidateCellCount)) of \(candidate)"
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
