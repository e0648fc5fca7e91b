// SPDX-License-Identifier: MIT

import CACE
import Glibc
import Testing

@testable import ACEHosted

/// The engine of a process decides by what the whole process does: each test has a process of its own.
@Suite("The engine, in processes of their own") struct EngineTests {
  /// The policies of all classes and all knobs, as numbers.
  private static var everything: [UInt64] {
    var numbers = SavedSettings.allKnobs.map(\.value)
    for number in 1...Layout.classCount {
      let policy = ClassPolicies.table[number]
      numbers += [UInt64(policy.keptSlabs), UInt64(policy.carvePages), UInt64(policy.shrinkTicks)]
    }
    return numbers
  }

  private static var decisions: [Decision] {
    (1...max(Engine.decisions.count, 1)).compactMap { Engine.decisions[$0] }
  }

  private static func run(_ mode: String, rounds: Int) throws {
    setenv("ACE_SEED", "7", 1)
    setenv("ACE_ENGINE", mode, 1)
    try TestThread.run {
      _ = try TestThread.attachedHeap()
      try demand("\(EngineMode.current.name)" == mode && PolicyClock.isCounted, "the settings were not read")
      try PhasedProgram.run(rounds: rounds)
    }
  }

  @Test func offNothingIsCountedOrDecided() async {
    await #expect(processExitsWith: .success) {
      try Self.run("off", rounds: 60)
      try demand(Engine.decisions.count == 0, "\(Engine.decisions.count) decisions")
      try demand(Engine.observationCount == 0, "\(Engine.observationCount) observations")
    }
  }

  @Test func observingMovesNothing() async {
    await #expect(processExitsWith: .success) {
      let before = Self.everything
      try Self.run("observe", rounds: 60)
      try demand(Engine.observationCount > 0, "nothing was observed")
      try demand(!Self.decisions.isEmpty, "nothing was decided")
      try demand(Self.decisions.allSatisfy { !$0.wasApplied }, "a decision was applied")
      try demand(Self.everything == before, "settings have moved")
    }
  }

  @Test func whatIsDecidedIsInForce() async {
    await #expect(processExitsWith: .success) {
      let before = Self.everything
      try Self.run("on", rounds: 120)
      let decisions = Self.decisions
      try demand(decisions.contains { $0.wasApplied && $0.classNumber != 0 }, "nothing was decided about a class")
      try demand(Self.everything != before, "nothing has moved")
      for number in 1...Layout.classCount {
        let policy = ClassPolicies.table[number]
        for (knob, value) in [
          (Knob.keepSlabs, UInt64(policy.keptSlabs)), (.carvePages, UInt64(policy.carvePages)),
          (.shrinkTicks, UInt64(policy.shrinkTicks)),
        ] {
          guard let last = decisions.last(where: { $0.classNumber == number && $0.subject == knob }) else { continue }
          try demand(last.newValue == value, "\(knob.facts.name) of class \(number) is \(value), not \(last.newValue)")
        }
      }
      // Decisions of one epoch after another, each about something that changes.
      try demand(decisions.allSatisfy { $0.oldValue != $0.newValue }, "a decision changes nothing")
      try demand(zip(decisions, decisions.dropFirst()).allSatisfy { $0.epoch <= $1.epoch }, "epochs go back")
    }
  }

  /// What the user sets while the engine is at work stays as it was set, whatever is being tried at the moment.
  @Test(arguments: [1, 7, 40, 41, 42, 43, 44, 120])
  func whatTheUserSetsStays(rounds: Int) async {
    await #expect(processExitsWith: .success) { [rounds] in
      try Self.run("on", rounds: rounds)
      for knob in SavedSettings.allKnobs {
        let facts = knob.facts
        // None of the levels that are tried.
        knob.value = min(facts.least + 3, facts.greatest)
        knob.pin()
      }
      let set = Self.everything
      try TestThread.run { try PhasedProgram.run(rounds: 60) }
      try demand(Self.everything == set, "what was set has moved")
    }
  }

  /// One that is set by the user does not take along what was decided about others, nor the other way round.
  @Test func oneOfAClasssPoliciesIsPinned() async {
    await #expect(processExitsWith: .success) {
      try Self.run("on", rounds: 10)
      Knob.shrinkTicks.value = 77
      Knob.shrinkTicks.pin()
      Knob.keepSlabs.value = 0
      let count = Engine.decisions.count
      try TestThread.run { try PhasedProgram.run(rounds: 120) }
      try demand(
        Self.decisions.suffix(Int(Engine.decisions.count - count)).contains { $0.subject != .shrinkTicks },
        "nothing else was decided")
      for number in 1...Layout.classCount {
        let ticks = ClassPolicies.table[number].shrinkTicks
        try demand(ticks == 77, "class \(number) waits for \(ticks) ticks")
      }
    }
  }

  @Test func theRingHoldsTheLastDecisions() {
    var ring = DecisionRing()
    #expect(ring[0] == nil && ring[1] == nil)
    for number in 1...1_300 as ClosedRange<UInt64> {
      ring.append(
        Decision(
          subject: .wakeBlocks, oldValue: number, newValue: number + 1,
          reason: Reason(kind: .wonContest, first: 0, second: 0)))
      #expect(ring.count == number)
      #expect(ring[number]?.oldValue == number)
      #expect(ring[number + 1] == nil && ring[0] == nil)
      let oldest = number < 512 ? 1 : number - 511
      #expect(ring[oldest]?.oldValue == oldest)
      #expect(oldest == 1 || ring[oldest - 1] == nil)
    }
  }
}
