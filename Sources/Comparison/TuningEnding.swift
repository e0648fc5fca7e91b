// SPDX-License-Identifier: MIT

/// What a search came to.
public enum TuningEnding: Sendable {
  /// The candidate gained, on rounds that were not used to choose it, more than the noise.
  case better(TuningStanding)
  /// It gained nothing that can be told from noise.
  case notBetter(TuningStanding)
  /// There were not enough rounds for an interval.
  case undecided(TuningCandidate)
  /// The candidate, which had run before, failed in the end.
  case winnerFailed(TuningCandidate)
  /// The defaults did not run, or nothing was measured of them: nothing can be held against them.
  case defaultsFailed
  /// No candidate but the defaults ran.
  case candidatesFailed
  /// The user interrupted it.
  case interrupted

  /// Judges a candidate by fresh rounds of it and the defaults.
  public init(_ candidate: TuningCandidate, in rounds: [TuningRound], goal: TuningGoal) {
    guard let standing = TuningStanding(candidate, in: rounds, goal: goal), standing.score.interval != nil else {
      self = .undecided(candidate)
      return
    }
    self = standing.score.isImprovement ? .better(standing) : .notBetter(standing)
  }
}
