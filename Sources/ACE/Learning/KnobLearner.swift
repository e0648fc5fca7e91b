// SPDX-License-Identifier: MIT

/// Moves knobs along their levels: one contest at a time, between the level in force and one of its neighbours, the knobs in turn.
///
/// A contest lost doubles the epochs for which its knob is left alone; a contest won sets them back. After a move, the way back
/// asks for twice the lead for a while, so that two settings that are worth the same do not take turns.
struct KnobLearner {
  private var states = InlineArray<7, LearnedKnobState>(repeating: LearnedKnobState())
  private var draw: Draw
  private var contest: Contest?
  /// What is contested while there is a contest: otherwise, where the search for the next begins.
  private var index = 0
  private var rivalLevel = 0
  private var rivalIsUp = false

  /// A learner whose knobs are all at their lowest level, until `begin` says where they are.
  init(seed: UInt64) { draw = Draw(seed: seed) }

  /// Tells where a knob is; one that is at no level counts as at the nearest. Of knobs that are not learned nothing is kept.
  mutating func begin(_ knob: Knob, at value: UInt64) {
    guard let index = Self.index(of: knob), let learned = LearnedKnob(rawValue: index) else { return }
    states[unchecked: index].level = UInt8(truncatingIfNeeded: learned.level(nearest: value))
  }

  /// Leaves a knob alone from now on, because the user set it. A contest about it ends without a verdict.
  mutating func pin(_ knob: Knob) {
    guard let index = Self.index(of: knob) else { return }
    states[unchecked: index].isPinned = true
    if contest != nil, index == self.index { contest = nil }
  }

  /// The value in force between contests; nil for knobs that are not learned.
  func value(of knob: Knob) -> UInt64? {
    guard let index = Self.index(of: knob) else { return nil }
    return LearnedKnob(rawValue: index)?.value(ofLevel: Int(states[unchecked: index].level))
  }

  /// Ends a contest without a verdict; what to set so that the level in force is in force.
  mutating func stop() -> LearningStep {
    guard contest != nil else { return LearningStep() }
    contest = nil
    return stepToLevelInForce()
  }

  /// Takes the cost of the epoch that ended, nil where it had none. `usable` has a bit for each knob, by its number, that may be
  /// moved now; a contest about another ends without a verdict. Each contest is followed by an epoch in which nothing changes.
  mutating func epochEnded(cost: Double?, usable: UInt64) -> LearningStep {
    var each = 0
    while each < LearnedKnob.count {
      states[unchecked: each].epochEnded()
      each += 1
    }
    guard var contest, let learned = LearnedKnob(rawValue: index) else { return beginContest(usable) }
    guard usable & (1 << UInt64(learned.knob.rawValue)) != 0 else { return stop() }
    let verdict = contest.epochEnded(cost: cost, draw: &draw)
    self.contest = contest
    switch verdict {
    case .open: return contestStep(learned)
    case .abandoned:
      states[unchecked: index].wasAbandoned()
      return stop()
    case .rivalWins, .incumbentStays: return endContest(contest, learned, rivalWins: verdict == .rivalWins)
    }
  }

  private mutating func beginContest(_ usable: UInt64) -> LearningStep {
    var tried = 0
    while tried < LearnedKnob.count {
      tried += 1
      index = (index + 1) % LearnedKnob.count
      guard let learned = LearnedKnob(rawValue: index), usable & (1 << UInt64(learned.knob.rawValue)) != 0,
        mayContest(learned)
      else { continue }
      let state = states[unchecked: index]
      let isWayBack = state.cautiousEpochs > 0 && rivalIsUp != state.movedUp
      contest = Contest(caution: isWayBack ? 2 : 1, draw: &draw)
      return contestStep(learned)
    }
    return LearningStep()
  }

  /// Whether a knob's turn has come; if so, the rival is chosen.
  private mutating func mayContest(_ learned: LearnedKnob) -> Bool {
    let state = states[unchecked: index]
    guard !state.isPinned, state.quietEpochs == 0 else { return false }
    let level = Int(state.level)
    rivalIsUp = state.triesUp
    if learned.value(ofLevel: rivalIsUp ? level + 1 : level - 1) == nil { rivalIsUp.toggle() }
    rivalLevel = rivalIsUp ? level + 1 : level - 1
    return learned.value(ofLevel: rivalLevel) != nil
  }

  private func contestStep(_ learned: LearnedKnob) -> LearningStep {
    let level = contest?.isRivalsTurn == true ? rivalLevel : Int(states[unchecked: index].level)
    guard let value = learned.value(ofLevel: level) else { return LearningStep() }
    return LearningStep(knob: learned.knob, value: value, needsCost: true)
  }

  private mutating func endContest(_ contest: Contest, _ learned: LearnedKnob, rivalWins: Bool) -> LearningStep {
    self.contest = nil
    let decision = Decision(
      subject: learned.knob, wasApplied: rivalWins,
      oldValue: learned.value(ofLevel: Int(states[unchecked: index].level)) ?? 0,
      newValue: learned.value(ofLevel: rivalLevel) ?? 0,
      oldCost: CostFunction.told(contest.meanIncumbentCost), newCost: CostFunction.told(contest.meanRivalCost),
      reason: Reason(kind: rivalWins ? .wonContest : .lostContest, first: contest.wins, second: contest.pairs))
    if rivalWins {
      states[unchecked: index].moved(to: rivalLevel, up: rivalIsUp)
    } else {
      states[unchecked: index].stayed(triedUp: rivalIsUp, wasClose: contest.lead > 0)
    }
    var step = stepToLevelInForce()
    step.decision = decision
    return step
  }

  private func stepToLevelInForce() -> LearningStep {
    guard let learned = LearnedKnob(rawValue: index),
      let value = learned.value(ofLevel: Int(states[unchecked: index].level))
    else { return LearningStep() }
    return LearningStep(knob: learned.knob, value: value)
  }

  private static func index(of knob: Knob) -> Int? {
    var index = 0
    while let learned = LearnedKnob(rawValue: index) {
      if learned.knob == knob { return index }
      index += 1
    }
    return nil
  }
}
