// SPDX-License-Identifier: MIT

/// A candidate on the map of time and memory.
public struct TuningPoint: Sendable {
  public var standing: TuningStanding

  public init(standing: TuningStanding) { self.standing = standing }

  public var candidate: TuningCandidate { standing.candidate }

  /// Whether it is as good in both, and better in one.
  func dominates(_ other: TuningPoint) -> Bool {
    let (time, memory) = (standing.time.estimate, standing.memory.estimate)
    let (otherTime, otherMemory) = (other.standing.time.estimate, other.standing.memory.estimate)
    return time >= otherTime && memory >= otherMemory && (time > otherTime || memory > otherMemory)
  }
}

extension TuningSearch {
  /// Who nobody beats in both time and memory over all rounds of the search, the fastest first, and the defaults, whoever
  /// beats them. Those that were measured in too few rounds for an interval are left out, unless there are no others.
  public var frontier: [TuningPoint] {
    let points = measured.compactMap { TuningStanding($0, in: rounds, goal: goal) }.map { TuningPoint(standing: $0) }
    let known = points.filter { $0.standing.roundCount >= StageLimits.smallestMinimum || $0.candidate.isInitial }
    let usable = known.contains { !$0.candidate.isInitial } ? known : points
    let unbeaten = usable.filter { point in
      point.candidate.isInitial || !usable.contains { $0.dominates(point) }
    }
    return unbeaten.sorted {
      ($0.standing.time.estimate, $1.candidate.switches) > ($1.standing.time.estimate, $0.candidate.switches)
    }
  }
}
