// SPDX-License-Identifier: MIT

import Glibc
import Results
import TestSupport
import Testing

@testable import Comparison

@Suite("A search for settings")
struct TuningSearchTests {
  private static let space = TuningSpace([
    TuningVariable("engine", initial: "observe", levels: ["off", "on"]),
    TuningVariable("a", initial: "1", levels: ["0", "2"]), TuningVariable("b", initial: "off", levels: ["on"]),
  ])

  private func round(
    _ search: TuningSearch, _ number: UInt32, _ gain: (TuningCandidate) -> Double?
  ) -> TuningRound {
    let figures = search.running.compactMap { candidate in
      (candidate.isInitial ? 0 : gain(candidate)).map { (candidate, TuningFigures(time: $0, memory: $0)) }
    }
    return TuningRound(number: number, figures: Dictionary(uniqueKeysWithValues: figures))
  }

  @Test("figures weigh a peak, with a MiB added, and an area; rows that lack them have none")
  func figures() throws {
    var time = MetricValues()
    var memory = MetricValues()
    #expect(TuningFigures(time: time, memory: memory) == nil)
    time[.throughput] = .real(1e6)
    memory[.residentPeak] = .count(3 << 20)
    #expect(TuningFigures(time: time, memory: memory) == TuningFigures(time: log(1e6), memory: -log(4_194_304)))
    memory[.memoryEfficiencyArea] = .real(1.5)
    let whole = try #require(TuningFigures(time: time, memory: memory))
    #expect(abs(whole.memory - (-log(4_194_304) - log(1.5)) / 2) < 1e-12)
    memory[.memoryEfficiencyArea] = .real(0)
    #expect(TuningFigures(time: time, memory: memory) == nil)
  }

  @Test("a goal weighs as ACE's own does")
  func goals() {
    let figures = TuningFigures(time: 1, memory: -1)
    #expect(TuningGoal.allCases.map { $0.goodness(figures) } == [0.75, 0, -0.75])
  }

  @Test("settings stand in the order in which a file must have them; of two values the last holds")
  func order() {
    let candidate = TuningCandidate([
      TuningSetting("b", "on"), TuningSetting("a", "0"), TuningSetting("engine", "off"), TuningSetting("a", "2"),
      TuningSetting("profile", "full"),
    ])
    #expect(candidate.switches == "profile=full;engine=off;a=2;b=on")
    #expect(TuningCandidate([]) == .initial && TuningCandidate.initial.switches == "")
  }

  @Test("an engine that acts is told the goal, and one that does not is not")
  func engine() {
    func switches(_ settings: [TuningSetting], _ goal: TuningGoal) -> String {
      Self.space.candidate(settings, for: goal).switches
    }
    #expect(switches([TuningSetting("engine", "on")], .memory) == "engine=on;goal=memory")
    #expect(switches([TuningSetting("engine", "on")], .balanced) == "engine=on")
    #expect(switches([TuningSetting("engine", "off")], .time) == "engine=off")
    #expect(switches([TuningSetting("profile", "full")], .time) == "profile=full;goal=time")
    #expect(
      switches([TuningSetting("profile", "full"), TuningSetting("engine", "off")], .time) == "profile=full;engine=off")
  }

  @Test("the first rung moves everything alone, fills up with combinations, and has no candidate twice")
  func scan() throws {
    var random = SeededRandom(seed: 1)
    for count in [4, 6, 12] {
      var search = TuningSearch(Self.space, goal: .balanced, limits: TuningLimits(candidateCount: count))
      let next = search.nextRung(using: &random)
      let rung = try #require(next)
      // Combinations of so few variables are hardly as many.
      #expect(count < 12 ? rung.candidates.count == count : (7...count).contains(rung.candidates.count))
      #expect(rung.candidates.first == .initial)
      #expect(Set(rung.candidates).count == rung.candidates.count)
      let singles = rung.candidates.filter { $0.decisionCount == 1 }
      #expect(singles.count == min(5, count - 1))
      #expect(singles.prefix(2).map(\.switches) == ["engine=off", "engine=on"])
    }
  }

  @Test("a space that is smaller than what is asked for is searched whole, and one without levels not at all")
  func small() {
    var random = SeededRandom(seed: 2)
    let space = TuningSpace([TuningVariable("b", initial: "off", levels: ["on"])])
    var search = TuningSearch(space, goal: .time, limits: TuningLimits())
    let rung = search.nextRung(using: &random)
    #expect(rung?.candidates == [.initial, TuningScene.candidate("b")])
    var none = TuningSearch(TuningSpace([]), goal: .time, limits: TuningLimits())
    let nothing = none.nextRung(using: &random)
    #expect(nothing == nil)
    #expect(none.leader == .initial)
  }

  @Test("who fails is out for good, and when all others have failed the search ends with the defaults")
  func failures() throws {
    var random = SeededRandom(seed: 3)
    var search = TuningSearch(Self.space, goal: .time, limits: TuningLimits(candidateCount: 6))
    let first = search.nextRung(using: &random)
    let victim = try #require(first?.candidates.last)
    search.note(round(search, 1) { _ in 0.1 })
    search.drop(victim)
    #expect(!search.running.contains(victim) && !search.measured.contains(victim))
    search.note(round(search, 2) { $0 == victim ? 9 : 0.1 })
    while let rung = search.nextRung(using: &random) { #expect(!rung.candidates.contains(victim)) }
    #expect(!search.frontier.contains { $0.candidate == victim })

    var empty = TuningSearch(Self.space, goal: .time, limits: TuningLimits(candidateCount: 6))
    let rung = empty.nextRung(using: &random)
    for candidate in rung?.candidates.dropFirst() ?? [] { empty.drop(candidate) }
    #expect(empty.leader == .initial)
    #expect(empty.failed.count == 5)
  }

  @Test("limits are made to fit the time, and never smaller than the smallest search")
  func limits() {
    let limits = TuningLimits()
    #expect(limits.fitted(toRunCount: 1_000_000) == limits)
    #expect(limits.fitted(toRunCount: limits.largestRunCount) == limits)
    let smaller = limits.fitted(toRunCount: limits.largestRunCount * 3 / 4)
    #expect(smaller.roundCount == 2 && smaller.candidateCount < 48)
    #expect(smaller.largestRunCount <= limits.largestRunCount * 3 / 4)
    let quicker = limits.fitted(toRunCount: limits.largestRunCount / 2)
    #expect(quicker.roundCount == 1 && quicker.largestRunCount <= limits.largestRunCount / 2)
    let least = TuningLimits(candidateCount: TuningLimits.smallestCandidateCount, roundCount: 1)
    #expect(limits.fitted(toRunCount: 0) == least)
    #expect(least.fitted(toRunCount: 0) == least)
    #expect(TuningLimits(roundCount: 1).finalRoundCount >= StageLimits.smallestMinimum)
  }

  @Test("an ending goes by fresh rounds: better only beyond the interval, undecided without one")
  func endings() throws {
    let candidate = TuningScene.candidate("b")
    func ending(_ gains: [Double?]) -> TuningEnding {
      TuningEnding(candidate, in: TuningScene.rounds([candidate: gains]), goal: .balanced)
    }
    guard case .better(let standing) = ending([0.05, 0.06, 0.04, 0.05, 0.055, 0.045]) else {
      Issue.record("a gain in every round is one")
      return
    }
    #expect(abs(standing.score.estimate - 0.05) < 1e-9)
    for gains in [[0.05, -0.06, 0.04, -0.05, 0.055, 0.045], [-0.05, -0.06, -0.04, -0.05, -0.055, -0.045]] {
      guard case .notBetter = ending(gains) else {
        Issue.record("\(gains) is no gain")
        continue
      }
    }
    for gains in [[], [0.1, 0.1, 0.1, 0.1, 0.1], [0.1, nil, 0.1, 0.1, nil, 0.1]] as [[Double?]] {
      guard case .undecided(candidate) = ending(gains) else {
        Issue.record("\(gains) has no interval")
        continue
      }
    }
  }

  @Test("new candidates are made of what did well")
  func draw() {
    let (good, better, bad) = (TuningSetting("a", "2"), TuningSetting("b", "on"), TuningSetting("a", "0"))
    let draw = TuningDraw(Self.space, goal: .balanced, gains: [good: 0.05, better: 0.08, bad: -0.1], error: 0.01)
    #expect(draw.merged() == [TuningCandidate([good, better])])
    var random = SeededRandom(seed: 4)
    let drawn = (0..<1000).map { _ in draw.random(using: &random) }
    func share(_ setting: TuningSetting) -> Int { drawn.count { $0.settings.contains(setting) } }
    // Of 10 parts, 1 belongs to all levels of a variable, times exp 4 for what is beyond doubt, exp -4 for what harms.
    #expect((780...920).contains(share(better)))
    #expect((680...820).contains(share(good)))
    #expect(share(bad) < 10)
    #expect((20...90).contains(share(TuningSetting("engine", "off"))))
    let whole = TuningCandidate([good, TuningSetting("engine", "off"), better])
    #expect(
      draw.simplified(whole, atMost: 3) == [
        TuningCandidate([good, better]), TuningCandidate([good, better]),
        TuningCandidate([TuningSetting("engine", "off"), better]),
      ])
  }
}
