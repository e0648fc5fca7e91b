// SPDX-License-Identifier: MIT

/// A search for settings: what is to be measured next, and what came of it. It measures nothing itself.
///
/// A rung is ranked by its own rounds alone, in all of which every one of its candidates ran: whoever was lucky in
/// the rung before has nothing of it.
public struct TuningSearch: Sendable {
  public let space: TuningSpace
  public let goal: TuningGoal
  public let limits: TuningLimits
  public private(set) var rounds: [TuningRound] = []
  public private(set) var failed: Set<TuningCandidate> = []
  private var rung: TuningRung?
  /// Where the rounds of the rung begin.
  private var firstRound = 0
  /// What single moves gained in the first rung, and the standard error of it.
  private var gains: [TuningSetting: Double] = [:]
  private var error = 0.0

  public init(_ space: TuningSpace, goal: TuningGoal, limits: TuningLimits) {
    self.space = space
    self.goal = goal
    self.limits = limits
  }

  /// Every candidate that was measured, in the order of first appearance, without those that failed.
  public private(set) var measured: [TuningCandidate] = []

  /// Goes on to the next rung; nil when there is none, or nobody is left to run against the defaults.
  public mutating func nextRung(using generator: inout some RandomNumberGenerator) -> TuningRung? {
    let next: TuningRung?
    if let rung {
      if rung.stage == .scan { learn() }
      next = TuningStage(rawValue: rung.stage.rawValue + 1).map { TuningRung(stage: $0, candidates: [], roundCount: 0) }
    } else {
      next = TuningRung(stage: .scan, candidates: [], roundCount: 0)
    }
    guard var next else { return nil }
    let staying = rung == nil ? [] : staying(after: rung?.stage ?? .scan)
    next.candidates = candidates(of: next.stage, staying, using: &generator)
    next.roundCount = limits.rounds(of: next.stage)
    guard next.candidates.count > 1 else { return nil }
    rung = next
    firstRound = rounds.count
    return next
  }

  /// Takes a round of the rung.
  public mutating func note(_ round: TuningRound) {
    rounds.append(round)
    for candidate in rung?.candidates ?? [] where round.figures[candidate] != nil && !measured.contains(candidate) {
      measured.append(candidate)
    }
  }

  /// Takes a candidate out that does not run.
  public mutating func drop(_ candidate: TuningCandidate) {
    failed.insert(candidate)
    measured.removeAll { $0 == candidate }
    rung?.candidates.removeAll { $0 == candidate }
  }

  /// Who of the rung still runs.
  public var running: [TuningCandidate] { rung?.candidates ?? [] }

  /// Who did best in the last rung, with no more settings than it takes; the defaults when nobody else has figures.
  public var leader: TuningCandidate { TuningSelection.simplest(of: standings)?.candidate ?? .initial }

  /// Of the rung's candidates over the rung's rounds.
  private var standings: [TuningStanding] {
    running.compactMap { TuningStanding($0, in: rounds[firstRound...], goal: goal) }
  }

  private mutating func learn() {
    let standings = standings
    for standing in standings {
      let settings = standing.candidate.settings.filter { $0.name != "goal" }
      if settings.count == 1 { gains[settings[0]] = standing.score.estimate }
    }
    error = TuningSelection.pooledError(standings.filter { !$0.candidate.isInitial })?.deviation ?? 0
  }

  /// Who goes on by the goal, and who is best for another one: a frontier needs ends that were looked at.
  private func staying(after stage: TuningStage) -> [TuningCandidate] {
    let standings = standings
    let ends = TuningGoal.allCases.compactMap { goal in
      standings.filter { !$0.candidate.isInitial }.max { $0.worth(for: goal) < $1.worth(for: goal) }
    }
    return limits.selection(after: stage).survivors(of: standings).map(\.candidate) + ends.map(\.candidate)
  }

  private func candidates(
    of stage: TuningStage, _ staying: [TuningCandidate], using generator: inout some RandomNumberGenerator
  ) -> [TuningCandidate] {
    let draw = TuningDraw(space, goal: goal, gains: gains, error: error)
    let room = limits.addedCount(in: stage)
    var candidates = ([.initial] + staying).reduce(into: [TuningCandidate]()) { list, candidate in
      if !list.contains(candidate) { list.append(candidate) }
    }
    let most = stage == .scan ? room : candidates.count + room
    func add(_ candidate: TuningCandidate, unlessMeasured: Bool) {
      guard candidates.count < most, !failed.contains(candidate), !candidates.contains(candidate) else { return }
      if unlessMeasured, measured.contains(candidate) { return }
      candidates.append(candidate)
    }
    switch stage {
    case .scan:
      let singles = space.singles(for: goal)
      // Where not all have room, profiles come before moves that are drawn.
      let leading = singles.filter { $0.settings.first.map { TuningSetting.leadingNames.contains($0.name) } ?? false }
      let others = singles.filter { !leading.contains($0) }.shuffled(using: &generator)
      for candidate in leading + others { add(candidate, unlessMeasured: true) }
      fill { add(draw.random(using: &generator), unlessMeasured: true) }
    case .cross:
      for candidate in draw.merged() { add(candidate, unlessMeasured: true) }
      fill { add(draw.random(using: &generator), unlessMeasured: true) }
    case .narrow: break
    case .settle:
      guard let best = staying.first else { break }
      for candidate in draw.simplified(best, atMost: room) { add(candidate, unlessMeasured: false) }
    }
    return candidates

    // A space may have fewer candidates than there is room for.
    func fill(_ addOne: () -> Void) {
      for _ in 0..<8 * room where candidates.count < most { addOne() }
    }
  }
}
