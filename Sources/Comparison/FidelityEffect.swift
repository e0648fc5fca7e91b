// SPDX-License-Identifier: MIT

import Glibc
import Statistics

/// How much more of something a program takes with one allocator than with another, as it shows itself and as the replay of
/// its trace predicts.
public struct FidelityEffect: Equatable, Sendable {
  /// A centre of the rounds' differences, as a natural logarithm of ratios.
  public struct Estimate: Equatable, Sendable {
    public let centre: Double
    /// Holds the centre with a probability of at least 95 %; nil with fewer than six rounds.
    public let interval: ClosedRange<Double>?

    init?(_ differences: [Double]) {
      guard let centre = HodgesLehmann(differences: differences) else { return nil }
      self.centre = centre.estimate
      interval = centre.interval
    }

    /// Which way it surely goes: -1 less, 1 more, 0 when the interval holds none or is missing.
    public var direction: Int {
      guard let interval, !interval.contains(0) else { return 0 }
      return centre > 0 ? 1 : -1
    }
  }

  public enum Verdict: String, Equatable, Sendable {
    /// They differ by no more than the margin, and surely by no more than the wide margin.
    case agrees
    /// They differ by more, but both say the same of which allocator takes more.
    case direction = "same direction"
    /// The program shows a difference where the replay has none, or the other way round.
    case misses
    /// Each surely says the opposite of the other.
    case contradicts
    /// Too few rounds to tell, or too noisy ones.
    case unclear
  }

  /// ln(candidate / base) of the program.
  public let program: Estimate
  /// ln((level + candidate's replay - base's replay) / level), where the level is the median of what the program takes with
  /// the base: the difference that the replay shows, on top of what the program takes.
  public let replay: Estimate
  /// The first less the second, round by round.
  public let discrepancy: Estimate
  public let roundCount: Int

  /// A fiftieth: as much as a comparison takes for the same.
  public static let margin = 0.02
  /// What must be ruled out for the two to agree.
  public static let wideMargin = 0.05

  /// Of a candidate against a base; nil without a round that has all figures. Rounds in which the replay predicts less than
  /// nothing, as where something else kept it from its processor, are left out.
  public init?(_ evidence: FidelityEvidence, _ quantity: FidelityQuantity, candidate: String, base: String) {
    let all = evidence.series(quantity, of: [candidate, base])
    guard let level = SortedSample(all.map { $0[1].program })?.median else { return nil }
    let rounds = all.filter { level + $0[0].replay - $0[1].replay > 0 }
    let program = rounds.map { log($0[0].program / $0[1].program) }
    let replay = rounds.map { log((level + $0[0].replay - $0[1].replay) / level) }
    guard let programEstimate = Estimate(program), let replayEstimate = Estimate(replay),
      let discrepancy = Estimate(zip(program, replay).map { $0 - $1 })
    else { return nil }
    self.program = programEstimate
    self.replay = replayEstimate
    self.discrepancy = discrepancy
    roundCount = rounds.count
  }

  public var verdict: Verdict {
    let isSmall = discrepancy.centre.magnitude <= log(1 + Self.margin)
    guard let interval = discrepancy.interval else { return isSmall ? .agrees : .unclear }
    let limit = log(1 + Self.wideMargin)
    if isSmall { return interval.lowerBound >= -limit && interval.upperBound <= limit ? .agrees : .unclear }
    if interval.contains(0) { return .unclear }
    switch program.direction * replay.direction {
    case 1: return .direction
    case -1: return .contradicts
    default: return .misses
    }
  }
}
