// SPDX-License-Identifier: MIT

/// How large a search is.
public struct TuningLimits: Equatable, Sendable {
  /// Candidates of the first rung, the defaults among them.
  public var candidateCount: Int
  /// Rounds of the first rung; later ones have several times as many.
  public var roundCount: Int

  public static let smallestCandidateCount = 4
  /// Chosen: with fewer, rounds are better spent on more.
  private static let sufficientCandidateCount = 16

  public init(candidateCount: Int = 48, roundCount: Int = 2) {
    self.candidateCount = candidateCount
    self.roundCount = roundCount
  }

  /// Rounds of the last comparison, enough for an interval.
  public var finalRoundCount: Int { max(StageLimits.smallestMinimum, 10 * roundCount) }

  func rounds(of stage: TuningStage) -> Int {
    switch stage {
    case .scan: roundCount
    case .cross: 2 * roundCount
    case .narrow: 3 * roundCount
    case .settle: 5 * roundCount
    }
  }

  /// Who of a rung goes on to the next.
  func selection(after stage: TuningStage) -> TuningSelection {
    let kept =
      switch stage {
      case .scan: max(2, candidateCount / 4)
      case .cross: max(2, candidateCount / 8)
      case .narrow, .settle: 3
      }
    return TuningSelection(keptCount: kept, largestCount: kept + (kept + 1) / 2)
  }

  /// Candidates that a rung adds to those that stay.
  func addedCount(in stage: TuningStage) -> Int {
    switch stage {
    case .scan: candidateCount
    case .cross: max(2, candidateCount / 3)
    case .narrow: 0
    case .settle: 6
    }
  }

  /// The most runs in both passes that candidates come to in the whole search, each rung with the defaults and, from
  /// the second on, those that are best for other goals.
  public var largestRunCount: Int {
    var count = candidateCount * rounds(of: .scan)
    for (former, stage) in zip(TuningStage.allCases, TuningStage.allCases.dropFirst()) {
      let others = TuningGoal.allCases.count
      count += (selection(after: former).largestCount + addedCount(in: stage) + others) * rounds(of: stage)
    }
    return count + 2 * finalRoundCount
  }

  /// With as many candidates as there is time for; where these would be few, with fewer rounds of more.
  ///
  /// - Parameter runCount: Runs of a candidate in both passes that there is time for.
  public func fitted(toRunCount runCount: Int) -> Self {
    var limits = self
    for rounds in stride(from: roundCount, through: 1, by: -1) {
      limits = TuningLimits(candidateCount: candidateCount, roundCount: rounds)
      while limits.candidateCount > Self.smallestCandidateCount, limits.largestRunCount > runCount {
        limits.candidateCount -= 1
      }
      if limits.candidateCount >= min(candidateCount, Self.sufficientCandidateCount) { break }
    }
    return limits
  }
}
