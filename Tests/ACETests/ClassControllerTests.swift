// SPDX-License-Identifier: MIT

import Testing

@testable import ACEHosted

@Suite("Control of classes") struct ClassControllerTests {
  private static let goals: [Goal] = [.time, .balanced, .memory]
  private static let initial = ClassPolicy(keptSlabs: 1, carvePages: 1, shrinkTicks: 4)

  private func bit(_ knob: Knob) -> UInt64 { 1 << UInt64(knob.rawValue) }

  /// Runs epochs whose figures follow from the policy; the decisions.
  @discardableResult
  private func run(
    _ controller: inout ClassController, epochs: Int, goal: Goal = .time, movable: UInt64 = .max,
    figures: (ClassPolicy, Int) -> ClassFigures
  ) -> [Decision] {
    (0..<epochs).compactMap { epoch in
      let figures = figures(controller.policy, epoch)
      return controller.epochEnded(figures, classNumber: 7, bounds: ClassBounds(goal: goal), movable: movable)
    }
  }

  /// A class that takes `pages` fresh pages a tick.
  private func growth(_ pages: UInt64, _ policy: ClassPolicy) -> ClassFigures {
    let refills = pages / UInt64(policy.carvePages)
    return ClassFigures(ticks: 4, refills: 4 * refills + 1, carvedPages: 4 * pages)
  }

  /// A class of which `waves` slabs a tick become empty and are wanted again, those that are kept excepted.
  private func waves(_ waves: UInt64, _ policy: ClassPolicy) -> ClassFigures {
    let passing = waves > UInt64(policy.keptSlabs) ? 4 * 4 * (waves - UInt64(policy.keptSlabs)) : 0
    return ClassFigures(ticks: 4, refills: 100, begunSlabs: passing, returnedSlabs: passing)
  }

  /// A class whose eight lists, one each for as many heaps, rest for `rest` ticks and are then wanted again.
  private func rests(_ rest: UInt16, _ policy: ClassPolicy) -> ClassFigures {
    let shrunk: UInt64 = policy.shrinkTicks < rest ? 8 : 0
    return ClassFigures(ticks: 4, refills: 100, shrunkLists: shrunk, regrettedLists: shrunk)
  }

  // MARK: Steady loads, and their end

  /// 24 pages a tick are carved in 24 refills, then 12, then 6: fewer than 8, and it rests.
  @Test func growthDoublesThePagesOfARefill() throws {
    var controller = ClassController(policy: Self.initial)
    let decisions = run(&controller, epochs: 500, movable: bit(.carvePages)) { policy, _ in growth(24, policy) }
    #expect(controller.policy.carvePages == 4)
    #expect(decisions.map(\.newValue) == [2, 4])
    let first = try #require(decisions.first)
    #expect(first.subject == .carvePages && first.classNumber == 7 && first.oldValue == 1)
    #expect(first.reason.kind == .oftenRefilled && first.reason.first == 96 && first.reason.second == 4)
    let end = run(&controller, epochs: 20, movable: bit(.carvePages)) { _, _ in ClassFigures(ticks: 4) }
    #expect(end.map(\.newValue) == [2, 1])
    #expect(end.allSatisfy { $0.reason.kind == .rarelyRefilled && $0.reason.first == 0 && $0.reason.second == 4 })
    #expect(controller.policy.carvePages == 1)
  }

  @Test func slabsThatComeAndGoAreKept() throws {
    var controller = ClassController(policy: Self.initial)
    let decisions = run(&controller, epochs: 4) { policy, _ in waves(4, policy) }
    #expect(decisions.map(\.newValue) == [2, 3, 4])
    #expect(decisions.allSatisfy { $0.subject == .keepSlabs && $0.reason.kind == .slabsComeAndGo })
    #expect(try #require(decisions.first).reason.first == 48)
    // From here on it can only find out by trying that it needs all four, and that gets rarer: twice in a hundred epochs.
    run(&controller, epochs: 1_000) { policy, _ in waves(4, policy) }
    let later = run(&controller, epochs: 500) { policy, _ in waves(4, policy) }
    #expect(later.count <= 10)
    #expect(later.allSatisfy { $0.newValue == 3 || $0.newValue == 4 })
    #expect(controller.policy.keptSlabs >= 3)
    let end = run(&controller, epochs: 40) { _, _ in ClassFigures(ticks: 4) }
    #expect(controller.policy.keptSlabs == 0)
    #expect(end.allSatisfy { $0.reason.kind == .slabsStay && $0.newValue == $0.oldValue - 1 })
  }

  @Test func listsAskedForAgainRestLonger() throws {
    var controller = ClassController(policy: Self.initial)
    let decisions = run(&controller, epochs: 500, movable: bit(.shrinkTicks)) { policy, _ in rests(20, policy) }
    #expect(decisions.map(\.newValue) == [8, 16, 32])
    #expect(decisions.allSatisfy { $0.subject == .shrinkTicks && $0.reason.kind == .shrunkTooSoon })
    #expect(try #require(decisions.first).reason.first == 8)
    // Lists that nobody wants again.
    let end = run(&controller, epochs: 20, movable: bit(.shrinkTicks)) { _, _ in
      ClassFigures(ticks: 4, shrunkLists: 3)
    }
    #expect(end.map(\.newValue) == [16, 8, 4, 2])
    #expect(end.allSatisfy { $0.reason.kind == .shrunkForGood && $0.reason.first == 0 && $0.reason.second >= 8 })
  }

  /// Slabs that only come are growth, and slabs that only go are its end: keeping empty ones would help neither.
  @Test func slabsThatOnlyComeOrOnlyGoAreNotKept() {
    var controller = ClassController(policy: Self.initial)
    let decisions = run(&controller, epochs: 20) { _, epoch in
      ClassFigures(
        ticks: 4, refills: 100, begunSlabs: epoch < 10 ? 100 : 0, returnedSlabs: epoch < 10 ? 0 : 100)
    }
    #expect(decisions.map(\.reason.kind) == [.slabsStay])
  }

  /// Lists that are wanted after seven ticks: what is found out again and again is tried less and less.
  @Test func mistakesWithListsBecomeRarer() {
    var controller = ClassController(policy: Self.initial)
    let course = { (policy: ClassPolicy, _: Int) -> ClassFigures in
      ClassFigures(ticks: 4, refills: 100, shrunkLists: 8, regrettedLists: policy.shrinkTicks < 7 ? 8 : 0)
    }
    #expect(run(&controller, epochs: 100, movable: bit(.shrinkTicks), figures: course).count >= 4)
    run(&controller, epochs: 900, movable: bit(.shrinkTicks), figures: course)
    #expect(run(&controller, epochs: 500, movable: bit(.shrinkTicks), figures: course).count <= 8)
  }

  /// A number of pages that no doubling leads to.
  @Test func doublingEndsAtTheBound() {
    var controller = ClassController(policy: ClassPolicy(keptSlabs: 0, carvePages: 3, shrinkTicks: 5))
    let decisions = run(&controller, epochs: 10) { policy, _ in growth(1_000, policy) }
    #expect(decisions.map(\.newValue) == [6, 8])
    let longer = run(&controller, epochs: 10, movable: bit(.shrinkTicks)) { policy, _ in rests(900, policy) }
    #expect(longer.map(\.newValue) == [10, 20, 40, 64])
  }

  /// A few regrets among many lists are no reason for anything.
  @Test func aMixtureStays() {
    var controller = ClassController(policy: Self.initial)
    let decisions = run(&controller, epochs: 200, movable: bit(.shrinkTicks)) { _, _ in
      ClassFigures(ticks: 4, refills: 1, shrunkLists: 20, regrettedLists: 3)
    }
    #expect(decisions.isEmpty)
  }

  /// A class that grows in bursts, with pauses longer than the first patience: changes become rarer.
  @Test func burstsLeadToFewerAndFewerChanges() {
    var controller = ClassController(policy: Self.initial)
    let course = { (policy: ClassPolicy, epoch: Int) -> ClassFigures in
      epoch % 10 == 0 ? self.growth(12, policy) : ClassFigures(ticks: 4, refills: 50)
    }
    let first = run(&controller, epochs: 200, movable: bit(.carvePages), figures: course)
    let second = run(&controller, epochs: 2_000, movable: bit(.carvePages), figures: course)
    #expect(first.count >= 2)
    #expect(second.isEmpty)
    #expect(controller.policy.carvePages == 2)
  }

  // MARK: Bounds

  @Test func boundsAreWiderWhereTimeCountsMore() {
    let (time, balanced, memory) = (ClassBounds(goal: .time), ClassBounds(goal: .balanced), ClassBounds(goal: .memory))
    for (wide, narrow) in [(time, balanced), (balanced, memory)] {
      #expect(wide.mostKeptSlabs > narrow.mostKeptSlabs)
      #expect(wide.mostCarvePages > narrow.mostCarvePages)
      #expect(wide.mostShrinkTicks > narrow.mostShrinkTicks)
    }
    #expect(time.mostKeptSlabs == 8 && time.mostCarvePages == 8 && time.mostShrinkTicks == 64)
    for bounds in [time, balanced, memory] {
      #expect(bounds.contains(Self.initial))
      #expect(bounds.leastKeptSlabs == 0 && bounds.leastCarvePages == 1 && bounds.leastShrinkTicks == 2)
      #expect(Knob.keepSlabs.admits(UInt64(bounds.mostKeptSlabs)))
      #expect(Knob.carvePages.admits(UInt64(bounds.mostCarvePages)))
      #expect(Knob.shrinkTicks.admits(UInt64(bounds.mostShrinkTicks)))
    }
  }

  /// Whatever the counters say: in bounds, one change at a time, and each change is told.
  @Test(arguments: goals, 1...10 as ClosedRange<UInt64>) func hostileFiguresLeaveItInBounds(goal: Goal, seed: UInt64) {
    var randomness = Randomness(seed: seed)
    var controller = ClassController(policy: Self.initial)
    let bounds = ClassBounds(goal: goal)
    let extremes: [UInt64] = [0, 0, 1, 8, 1 << 32, .max - 1, .max]
    var kinds: Set<Reason.Kind> = []
    for _ in 0..<5_000 {
      func any() -> UInt64 {
        randomness.below(3) == 0 ? randomness.anyMagnitude(upTo: .max) : extremes[randomness.below(extremes.count)]
      }
      let figures = ClassFigures(
        ticks: any(), refills: any(), carvedPages: any(), begunSlabs: any(), returnedSlabs: any(), shrunkLists: any(),
        regrettedLists: any())
      let old = values(controller.policy)
      let decision = controller.epochEnded(figures, classNumber: 1, bounds: bounds, movable: .max)
      let new = values(controller.policy)
      #expect(bounds.contains(controller.policy))
      let changed = new.filter { old[$0.key] != $0.value }
      #expect(changed.count == (decision == nil ? 0 : 1))
      if let decision {
        #expect(old[decision.subject] == decision.oldValue && new[decision.subject] == decision.newValue)
        #expect(changed[decision.subject] == decision.newValue)
        kinds.insert(decision.reason.kind)
      }
    }
    #expect(kinds.count == 6, "all rules have been at work")
  }

  private func values(_ policy: ClassPolicy) -> [Knob: UInt64] {
    [
      .keepSlabs: UInt64(policy.keptSlabs), .carvePages: UInt64(policy.carvePages),
      .shrinkTicks: UInt64(policy.shrinkTicks),
    ]
  }

  /// The goal has changed, or a knob was set before the engine was asked to decide.
  @Test func whatLiesOutsideIsTakenIn() {
    var controller = ClassController(policy: ClassPolicy(keptSlabs: 60, carvePages: 16, shrinkTicks: 1))
    let decisions = run(&controller, epochs: 3, goal: .memory) { _, _ in ClassFigures(ticks: 4, refills: 9) }
    #expect(decisions.map(\.newValue) == [1, 2, 2])
    #expect(decisions.map(\.oldValue) == [60, 16, 1])
    #expect(decisions.allSatisfy { $0.reason.kind == .leftBounds })
    #expect(decisions.map(\.reason.first) == [0, 1, 2] && decisions.map(\.reason.second) == [1, 2, 8])
  }

  @Test func whatTheUserSetIsLeftAlone() {
    let policy = ClassPolicy(keptSlabs: 60, carvePages: 16, shrinkTicks: 900)
    for knob in [Knob.keepSlabs, .carvePages, .shrinkTicks] {
      var controller = ClassController(policy: policy)
      let decisions = run(&controller, epochs: 50, movable: bit(knob)) { policy, epoch in
        epoch % 2 == 0 ? growth(24, policy) : waves(40, policy)
      }
      #expect(!decisions.isEmpty && decisions.allSatisfy { $0.subject == knob })
    }
    var controller = ClassController(policy: policy)
    #expect(run(&controller, epochs: 50, movable: 0) { policy, _ in waves(100, policy) }.isEmpty)
    #expect(values(controller.policy) == values(policy))
  }

  @Test func aClassThatIsNotUsedIsLeftAlone() {
    var controller = ClassController(policy: Self.initial)
    #expect(run(&controller, epochs: 50) { _, _ in ClassFigures(ticks: 4) }.isEmpty)
    _ = run(&controller, epochs: 1) { _, _ in ClassFigures(ticks: 4, refills: 1) }
    #expect(run(&controller, epochs: 50) { _, _ in ClassFigures(ticks: 4) }.map(\.subject) == [.keepSlabs])
  }

  @Test func anEpochWithoutATickSaysNothing() {
    var controller = ClassController(policy: Self.initial)
    let decisions = run(&controller, epochs: 50) { _, _ in
      ClassFigures(refills: 9_999, carvedPages: 9_999, begunSlabs: 9_999, returnedSlabs: 9_999)
    }
    #expect(decisions.isEmpty)
  }
}
