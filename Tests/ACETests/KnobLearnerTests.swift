// SPDX-License-Identifier: MIT

import Testing

@testable import ACEHosted

@Suite("Learning of knobs") struct KnobLearnerTests {
  static let everything = UInt64.max
  static let learned = (0..<LearnedKnob.count).compactMap(LearnedKnob.init(rawValue:))

  private func bit(_ knob: Knob) -> UInt64 { 1 << UInt64(knob.rawValue) }

  private func levels(of learned: LearnedKnob) -> [UInt64] {
    (0..<learned.levelCount).compactMap { learned.value(ofLevel: $0) }
  }

  // MARK: Levels

  @Test func levelsAreInOrderAndWithinTheKnobsRange() {
    #expect(Self.learned.count == LearnedKnob.count)
    #expect(Set(Self.learned.map(\.knob)).count == LearnedKnob.count)
    for learned in Self.learned {
      let levels = levels(of: learned)
      #expect(levels.count == learned.levelCount && levels.count >= 2)
      #expect(zip(levels, levels.dropFirst()).allSatisfy { $0 < $1 })
      #expect(levels.allSatisfy(learned.knob.admits))
      #expect(learned.value(ofLevel: -1) == nil && learned.value(ofLevel: learned.levelCount) == nil)
    }
  }

  /// Where a program that sets nothing begins is a level.
  @Test(arguments: [LearnedKnob.purgeDelay, .warmSlabs, .wakeBlocks, .borrowLimit, .outboxBlocks, .largePurgeDelay])
  func whatIsInitialIsALevel(learned: LearnedKnob) {
    #expect(levels(of: learned).contains(learned.knob.facts.initial))
  }

  @Test func theNearestLevelCounts() {
    for learned in Self.learned {
      let levels = levels(of: learned)
      for (place, level) in levels.enumerated() { #expect(learned.level(nearest: level) == place) }
      #expect(learned.level(nearest: .max) == levels.count - 1)
    }
    #expect(LearnedKnob.warmSlabs.level(nearest: 3) == 1)
    #expect(LearnedKnob.warmSlabs.level(nearest: 5) == 2)
    #expect(LearnedKnob.warmSlabs.level(nearest: 7) == 3)
    #expect(LearnedKnob.purgeDelay.level(nearest: 551) == 3)
    var learner = KnobLearner(seed: 1)
    learner.begin(.purgeDelay, at: 60)
    #expect(learner.value(of: .purgeDelay) == 100)
    learner.begin(.carvePages, at: 3)
    #expect(learner.value(of: .carvePages) == nil)
  }

  @Test func policiesThatAreOffTakeTheirKnobsWithThem() {
    let all = Self.learned.reduce(0 as UInt64) { $0 | bit($1.knob) }
    let on = Switch.warmPool.bit | Switch.refillOne.bit | Switch.remoteBatch.bit | Switch.tiering.bit
    #expect(LearnedKnob.usableBits(switchBits: on) == all)
    let without: [(Switch, Knob)] = [
      (.warmPool, .warmSlabs), (.refillOne, .borrowLimit), (.remoteBatch, .outboxBlocks), (.tiering, .drainPercent),
    ]
    for (policy, knob) in without {
      #expect(LearnedKnob.usableBits(switchBits: on & ~policy.bit) == all & ~bit(knob))
    }
    #expect(LearnedKnob.usableBits(switchBits: on | Switch.eagerFree.bit) == all & ~bit(.purgeDelay))
    #expect(LearnedKnob.usableBits(switchBits: 0) == bit(.purgeDelay) | bit(.wakeBlocks) | bit(.largePurgeDelay))
  }

  // MARK: Finding the better setting

  /// Two settings that count, and a third that is out of the question.
  private func simulate(seed: UInt64, noise: Double, start: UInt64 = 25) -> LearnedProgram {
    LearnedProgram(seed: seed, noise: noise, usable: bit(.drainPercent), start: [.drainPercent: start])
  }

  /// Of a hundred runs each.
  @Test(arguments: [0.03, 0.10]) func itFindsTheBetterOfTwo(noise: Double) {
    let found = (1...100 as ClosedRange<UInt64>).count { seed in
      var program = simulate(seed: seed, noise: noise)
      program.run(epochs: 2_000) { $0[.drainPercent] == 0 ? 1 : $0[.drainPercent] == 25 ? 1.05 : 1.5 }
      return program.learner.value(of: .drainPercent) == 0
    }
    #expect(found >= 95)
    let kept = (1...100 as ClosedRange<UInt64>).count { seed in
      var program = simulate(seed: seed, noise: noise)
      program.run(epochs: 2_000) { $0[.drainPercent] == 25 ? 1 : $0[.drainPercent] == 0 ? 1.05 : 1.5 }
      return program.learner.value(of: .drainPercent) == 25
    }
    #expect(kept >= 95)
  }

  /// Over 200 runs of 2000 epochs, in which each knob that is worth nothing either way is tried a dozen times: less than one move
  /// in three runs, and never more than two.
  @Test(arguments: [0, 0.03, 0.10]) func ofEqualsItKeepsWhatItHas(noise: Double) {
    let moves = (1...200 as ClosedRange<UInt64>).map { seed in
      var program = simulate(seed: seed, noise: noise)
      program.run(epochs: 2_000) { _ in 1 }
      return program.moves.count
    }
    #expect(moves.reduce(0, +) <= 66)
    #expect(moves.max().map { $0 <= 2 } == true)
    if noise == 0 { #expect(moves.allSatisfy { $0 == 0 }) }
  }

  /// What was the better setting becomes the worse one: one move back, and no more.
  @Test(arguments: 1...40 as ClosedRange<UInt64>) func whenTheWorldChangesItMovesOnceAndStays(seed: UInt64) {
    var program = simulate(seed: seed, noise: 0.03)
    program.run(epochs: 1_000) { $0[.drainPercent] == 0 ? 1 : $0[.drainPercent] == 25 ? 1.10 : 1.5 }
    #expect(program.learner.value(of: .drainPercent) == 0)
    let before = program.moves.count
    program.run(epochs: 3_000) { $0[.drainPercent] == 0 ? 1.10 : $0[.drainPercent] == 25 ? 1 : 1.5 }
    #expect(program.learner.value(of: .drainPercent) == 25)
    #expect(program.moves.count == before + 1)
  }

  /// Every knob from one end of its levels to the other, all at once.
  @Test(arguments: [false, true]) func allKnobsClimbToTheirBest(upwards: Bool) {
    let start = Dictionary(
      uniqueKeysWithValues: Self.learned.map { ($0.knob, levels(of: $0)[upwards ? 0 : $0.levelCount - 1]) })
    var program = LearnedProgram(seed: 9, noise: 0.01, usable: Self.everything, start: start)
    program.run(epochs: 8_000) { values in
      Self.learned.reduce(1.0) { factor, learned in
        let level = learned.level(nearest: values[learned.knob] ?? 0)
        return factor * (1 + 0.05 * Double(upwards ? learned.levelCount - 1 - level : level))
      }
    }
    for learned in Self.learned {
      #expect(program.learner.value(of: learned.knob) == levels(of: learned)[upwards ? learned.levelCount - 1 : 0])
    }
  }

  // MARK: What it may not do

  /// Costs out of nowhere, and knobs that come and go: what is set is a level, at most one from what is in force, and what is in
  /// force moves to neighbours only.
  @Test(arguments: 1...40 as ClosedRange<UInt64>) func itNeverLeavesTheLevels(seed: UInt64) throws {
    var randomness = Randomness(seed: seed)
    var learner = KnobLearner(seed: seed)
    for learned in Self.learned { learner.begin(learned.knob, at: randomness.anyMagnitude(upTo: .max)) }
    for _ in 0..<2_000 {
      let before = Self.learned.map { learner.value(of: $0.knob) }
      let wild = [Double.nan, .infinity, -.infinity, 0, .greatestFiniteMagnitude, -.greatestFiniteMagnitude]
      let cost = randomness.below(8) == 0 ? wild[randomness.below(6)] : randomness.share() * 10
      let step = learner.epochEnded(
        cost: randomness.below(9) == 0 ? nil : cost, usable: randomness.below(30) == 0 ? randomness.next() : .max)
      var moved = 0
      for (place, learned) in Self.learned.enumerated() {
        let levels = levels(of: learned)
        let old = try #require(before[place].flatMap { levels.firstIndex(of: $0) })
        let new = try #require(learner.value(of: learned.knob).flatMap { levels.firstIndex(of: $0) })
        #expect(abs(new - old) <= 1)
        moved += abs(new - old)
        if step.knob == learned.knob {
          let set = try #require(levels.firstIndex(of: step.value))
          #expect(abs(set - new) <= 1)
          #expect(learned.knob.admits(step.value))
        }
      }
      #expect(moved == (step.decision?.wasApplied == true ? 1 : 0))
      #expect(step.needsCost ? step.knob != nil && step.decision == nil : true)
    }
  }

  @Test func whatTheUserSetIsLeftAlone() {
    var learner = KnobLearner(seed: 3)
    learner.pin(.drainPercent)
    learner.pin(.carvePages)
    for _ in 0..<3_000 {
      let step = learner.epochEnded(cost: 5, usable: Self.everything)
      #expect(step.knob != .drainPercent && step.decision?.subject != .drainPercent)
    }
    // In the middle of a contest: nothing is set back.
    var other = KnobLearner(seed: 3)
    #expect(other.epochEnded(cost: nil, usable: bit(.warmSlabs)).knob == .warmSlabs)
    other.pin(.warmSlabs)
    for _ in 0..<100 {
      let step = other.epochEnded(cost: 5, usable: bit(.warmSlabs))
      #expect(step.knob == nil && step.decision == nil && !step.needsCost)
    }
  }

  @Test func aKnobThatCannotBeUsedIsSetBackAndSkipped() {
    var learner = KnobLearner(seed: 4)
    learner.begin(.warmSlabs, at: 4)
    #expect(learner.epochEnded(cost: nil, usable: bit(.warmSlabs)).needsCost)
    let step = learner.epochEnded(cost: 5, usable: 0)
    #expect(step.knob == .warmSlabs && step.value == 4 && !step.needsCost && step.decision == nil)
    for _ in 0..<100 { #expect(learner.epochEnded(cost: 5, usable: 0).knob == nil) }
    #expect(learner.epochEnded(cost: 5, usable: bit(.warmSlabs)).knob == .warmSlabs)
    let stopped = learner.stop()
    #expect(stopped.knob == .warmSlabs && stopped.value == 4 && !stopped.needsCost)
    #expect(learner.stop().knob == nil)
  }

  // MARK: When it tries

  /// Where nothing is ever better, the epochs between contests double up to the limit, and none of them asks for a cost.
  @Test func contestsThatAreLostBecomeRarer() {
    var learner = KnobLearner(seed: 5)
    learner.begin(.drainPercent, at: 25)
    var pauses: [Int] = []
    var pause = 0
    for _ in 0..<8_000 {
      let step = learner.epochEnded(cost: 5, usable: bit(.drainPercent))
      if step.needsCost {
        if pause > 0 { pauses.append(pause) }
        pause = 0
      } else {
        pause += 1
      }
    }
    #expect(pauses.prefix(8) == [16, 32, 64, 128, 256, 512, 1024, 1024])
  }

  /// After a move, what was learnt about the old place counts no more.
  @Test func aContestThatIsWonSetsThePausesBack() {
    var program = LearnedProgram(seed: 8, noise: 0, usable: bit(.drainPercent), start: [.drainPercent: 0])
    program.run(epochs: 1_000) { _ in 1 }
    #expect(program.pauses.suffix(2) == [128, 256])
    program.run(epochs: 2_000) { $0[.drainPercent] == 25 ? 0.8 : 1 }
    #expect(program.moves.map(\.newValue) == [25])
    #expect(program.pauses.dropFirst(6).prefix(4) == [16, 16, 32, 64])
  }

  /// A program that rests has lost nothing: when it goes on, its knobs are tried as soon as before.
  @Test func silenceIsNoDefeat() {
    var learner = KnobLearner(seed: 10)
    learner.begin(.drainPercent, at: 25)
    for _ in 0..<5_000 {
      let step = learner.epochEnded(cost: nil, usable: bit(.drainPercent))
      #expect(step.decision == nil)
    }
    #expect(learner.value(of: .drainPercent) == 25)
    var pause = 0
    while !learner.epochEnded(cost: nil, usable: bit(.drainPercent)).needsCost { pause += 1 }
    #expect(pause <= 16)
  }

  /// Both neighbours of every knob get their turn, one after the other.
  @Test func allNeighboursAreTried() {
    var learner = KnobLearner(seed: 6)
    for learned in Self.learned { learner.begin(learned.knob, at: levels(of: learned)[1]) }
    var rivals: [Knob: Set<UInt64>] = [:]
    var order: [Knob] = []
    for _ in 0..<600 {
      guard let decision = learner.epochEnded(cost: 5, usable: Self.everything).decision else { continue }
      #expect(decision.reason.kind == .lostContest && !decision.wasApplied)
      rivals[decision.subject, default: []].insert(decision.newValue)
      order.append(decision.subject)
    }
    for learned in Self.learned { #expect(rivals[learned.knob] == [levels(of: learned)[0], levels(of: learned)[2]]) }
    #expect(Set(order.prefix(LearnedKnob.count)).count == LearnedKnob.count)
  }

  /// Knobs that cannot be used do not cost their neighbours a turn.
  @Test func knobsTakeTurnsInOrder() {
    var learner = KnobLearner(seed: 6)
    let usable = Self.everything & ~bit(.warmSlabs) & ~bit(.outboxBlocks)
    var order: [Knob] = []
    for _ in 0..<200 {
      if let decision = learner.epochEnded(cost: 5, usable: usable).decision { order.append(decision.subject) }
    }
    #expect(
      order.prefix(7) == [
        .wakeBlocks, .borrowLimit, .largePurgeDelay, .drainPercent, .purgeDelay, .wakeBlocks, .borrowLimit,
      ])
  }

  // MARK: What it says

  @Test func aDecisionTellsBothSides() throws {
    var program = LearnedProgram(seed: 7, noise: 0, usable: bit(.warmSlabs), start: [.warmSlabs: 4])
    program.run(epochs: 400) { [2: 1.2, 4: 1, 8: 0.8, 16: 0.9][$0[.warmSlabs]] ?? 2 }
    let move = try #require(program.moves.first)
    #expect(move.subject == .warmSlabs && move.oldValue == 4 && move.newValue == 8 && move.classNumber == 0)
    #expect(move.reason.kind == .wonContest && move.reason.first == move.reason.second)
    // log2 of 40 and of 32.
    #expect(move.oldCost == 1_005_322 && move.newCost == 1_005_000)
    let loss = try #require(program.decisions.first { $0.reason.kind == .lostContest && $0.newValue == 16 })
    #expect(loss.oldValue == 8 && loss.oldCost == 1_005_000 && loss.newCost == 1_005_170)
    #expect(loss.reason.first == 0)
  }

  @Test func oneSeedLeadsToOneCourse() {
    func course(_ seed: UInt64) -> [String] {
      var program = LearnedProgram(seed: seed, noise: 0.1, usable: Self.everything, start: [:])
      program.run(epochs: 3_000) { 1 + 0.01 * Double($0[.wakeBlocks] ?? 0) }
      return program.decisions.map { "\($0)" }
    }
    #expect(course(1) == course(1))
    #expect(course(1) != course(2))
    #expect(course(1).count > 10)
  }
}
