// SPDX-License-Identifier: MIT

import Testing

@testable import ACEHosted

@Suite("Contests") struct ContestTests {
  /// Plays a contest to its end; the verdict and how many epochs it took.
  private func play(
    rivalFactor: Double, noise: Double, seed: UInt64, caution: Double = 1
  ) -> (verdict: Contest.Verdict, epochs: Int, contest: Contest) {
    var program = NoisyCosts(seed: seed, noise: noise)
    var draw = Draw(seed: seed &* 31)
    var contest = Contest(caution: caution, draw: &draw)
    var epochs = 0
    while true {
      epochs += 1
      let cost = program.cost(contest.isRivalsTurn ? rivalFactor : 1)
      let verdict = contest.epochEnded(cost: cost, draw: &draw)
      if verdict != .open { return (verdict, epochs, contest) }
    }
  }

  private func wins(
    of rivalFactor: Double, noise: Double, caution: Double = 1
  ) -> Int {
    (1...1000 as ClosedRange<UInt64>).count {
      play(rivalFactor: rivalFactor, noise: noise, seed: $0, caution: caution).verdict == .rivalWins
    }
  }

  /// What the contest promises, over a thousand seeds each.
  @Test func theBetterOneWinsAndTheOthersRarely() {
    #expect(wins(of: 1 / 1.05, noise: 0.03) >= 980)
    #expect(wins(of: 1 / 1.05, noise: 0.10) >= 450)
    #expect(wins(of: 1, noise: 0.03) <= 40)
    #expect(wins(of: 1, noise: 0.10) <= 40)
    #expect(wins(of: 1.05, noise: 0.10) <= 3)
    #expect(wins(of: 1.05, noise: 0.03) == 0)
  }

  @Test func cautionMakesLuckRarer() {
    #expect(wins(of: 1, noise: 0.10, caution: 2) == 0)
    #expect(play(rivalFactor: 0.8, noise: 0, seed: 1, caution: 2).verdict == .rivalWins)
    let (plain, cautious) = (
      play(rivalFactor: 0.8, noise: 0, seed: 1).epochs, play(rivalFactor: 0.8, noise: 0, seed: 1, caution: 2).epochs
    )
    #expect(cautious > 2 * plain)
  }

  @Test(arguments: 1...50 as ClosedRange<UInt64>) func itEnds(seed: UInt64) {
    for factor in [0.5, 0.95, 1, 1.05, 2] {
      let (verdict, epochs, contest) = play(rivalFactor: factor, noise: 0.2, seed: seed)
      #expect(verdict != .abandoned)
      #expect(epochs == 2 * Int(contest.pairs))
      #expect(contest.pairs <= Contest.mostPairs && contest.wins <= contest.pairs)
      if verdict == .rivalWins { #expect(contest.lead >= 180 && contest.meanRivalCost < contest.meanIncumbentCost) }
    }
  }

  /// A knob that does nothing is found out soon.
  @Test func withoutAnyDifferenceItEndsSoon() {
    let (verdict, epochs, contest) = play(rivalFactor: 1.005, noise: 0, seed: 1)
    #expect(verdict == .incumbentStays)
    #expect(epochs == 16)
    #expect(contest.wins == 0 && contest.lead == 0)
  }

  /// A little cheaper as a rule, and very dear at times.
  @Test(arguments: 1...20 as ClosedRange<UInt64>) func whoWinsOftenAndLosesMuchDoesNotWin(seed: UInt64) {
    var draw = Draw(seed: seed)
    var contest = Contest(draw: &draw)
    var verdict = Contest.Verdict.open
    var rivals = 0
    while verdict == .open {
      rivals += contest.isRivalsTurn ? 1 : 0
      let cost = contest.isRivalsTurn ? (rivals % 8 == 5 ? 8 : 4.9) : 5
      verdict = contest.epochEnded(cost: cost, draw: &draw)
    }
    #expect(verdict == .incumbentStays)
    #expect(contest.wins > contest.pairs / 2)
    #expect(contest.meanRivalCost > contest.meanIncumbentCost)
  }

  /// Both orders occur, and each pair has one epoch of each.
  @Test func pairsAreOneOfEachInAnOrderThatIsDrawn() {
    var draw = Draw(seed: 5)
    var contest = Contest(draw: &draw)
    var firsts: [Bool] = []
    for _ in 0..<40 {
      let first = contest.isRivalsTurn
      // The winner changes, so that it goes on.
      let cost = firsts.count % 2 == 0 ? 1.0 : 2.0
      #expect(contest.epochEnded(cost: first ? cost : 1.5, draw: &draw) == .open)
      #expect(contest.isRivalsTurn == !first)
      #expect(contest.epochEnded(cost: first ? 1.5 : cost, draw: &draw) == .open)
      firsts.append(first)
    }
    #expect((10...30).contains(firsts.count { $0 }))
    #expect(contest.pairs == 40 && contest.wins == 20)
    #expect(abs(contest.meanRivalCost - 1.5) < 1e-9 && abs(contest.meanIncumbentCost - 1.5) < 1e-9)
  }

  /// Epochs without a cost break their pair, and too many of them end the contest.
  @Test func silenceBreaksAPairAndEndsAContest() {
    var draw = Draw(seed: 6)
    var contest = Contest(draw: &draw)
    #expect(contest.epochEnded(cost: 1, draw: &draw) == .open)
    #expect(contest.epochEnded(cost: nil, draw: &draw) == .open)
    #expect(contest.epochEnded(cost: 1, draw: &draw) == .open)
    #expect(contest.pairs == 0)
    #expect(contest.epochEnded(cost: 1, draw: &draw) == .open)
    #expect(contest.pairs == 1)
    for silent in 1...31 { #expect(contest.epochEnded(cost: silent % 2 == 0 ? nil : .nan, draw: &draw) == .open) }
    #expect(contest.epochEnded(cost: .infinity, draw: &draw) == .abandoned)
    #expect(contest.pairs == 1 && contest.meanRivalCost == 1)
  }
}
