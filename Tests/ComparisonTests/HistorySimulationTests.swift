// SPDX-License-Identifier: MIT

import Comparison
import Glibc
import Statistics
import TestSupport
import Testing

/// How often the gate is wrong when a session differs from the next by 5 % (standard deviation) for no reason at all.
@Suite("Simulated sessions")
struct HistorySimulationTests {
  private static let betweenDeviation = 0.05
  private static let withinDeviation = 0.03
  private static let trialCount = 2000
  private static let storedCount = 5
  /// A loss of nothing is too much: only the interval decides.
  private static let margins = Margins(tolerate: 0, detect: 0.05)

  private struct Sessions {
    var noise: SessionNoise

    /// The rounds of a session of a head that is `change` better than before.
    mutating func rounds(change: Double = 0) -> [Double] {
      let own = noise.next() * betweenDeviation
      return (0..<12).map { _ in change + own + noise.next() * withinDeviation }
    }

    mutating func estimate(change: Double = 0) -> Double {
      PairedEffect(differences: rounds(change: change))?.estimate ?? .nan
    }

    mutating func hypothesis(change: Double = 0, margins: Margins) -> HistoryHypothesis {
      let earlier = (0..<storedCount).map { _ in estimate() }
      return HistoryHypothesis(estimate: estimate(change: change), earlier: earlier, margins: margins)
    }
  }

  /// What a count of trials with this probability lies in, but for one in 1000 on each side.
  private func expected(_ probability: Double) -> ClosedRange<Int> {
    let trials = Binomial(trialCount: Self.trialCount, successProbability: probability)
    return trials.lowerBound(tail: 0.001)...trials.upperBound(tail: 0.001)
  }

  @Test("five stored sessions call nothing a loss in 5 % of gates")
  func falseLosses() {
    let seed: UInt64 = 20_26
    var sessions = Sessions(noise: SessionNoise(seed: seed))
    let count = (0..<Self.trialCount).count { _ in
      HistoryRule.judge([sessions.hypothesis(margins: Self.margins)], significance: 0.05)[0].verdict == .regress
    }
    #expect(expected(0.05).contains(count), "\(count), seed \(seed)")
  }

  /// Why no baseline of one session is offered.
  @Test("one stored session with the interval of this one's rounds would do so in more than 15 %")
  func singleSession() {
    let seed: UInt64 = 7
    var sessions = Sessions(noise: SessionNoise(seed: seed))
    let count = (0..<Self.trialCount).count { _ in
      let stored = sessions.estimate()
      let differences = sessions.rounds().map { $0 - stored }
      guard let interval = PairedEffect(differences: differences)?.interval else { return false }
      return interval.upperBound < Margins().tolerateLog
    }
    #expect(count > Self.trialCount * 15 / 100, "\(count), seed \(seed)")
  }

  @Test("a gate of ten cells calls nothing a loss in at most 5 %, and would in a third if each stood alone")
  func families() {
    let seed: UInt64 = 11
    var sessions = Sessions(noise: SessionNoise(seed: seed))
    var (togetherCount, aloneCount) = (0, 0)
    for _ in 0..<Self.trialCount {
      // Rounds are left out: an estimate is a number with a deviation, and ten cells of sessions take their time.
      let hypotheses = (0..<10).map { _ in
        HistoryHypothesis(
          estimate: sessions.noise.next(), earlier: (0..<Self.storedCount).map { _ in sessions.noise.next() },
          margins: Self.margins)
      }
      if HistoryRule.judge(hypotheses, significance: 0.05).contains(where: { $0.verdict == .regress }) {
        togetherCount += 1
      }
      if hypotheses.contains(where: { HistoryRule.judge([$0], significance: 0.05)[0].verdict == .regress }) {
        aloneCount += 1
      }
    }
    #expect(togetherCount <= expected(0.05).upperBound, "\(togetherCount), seed \(seed)")
    #expect(togetherCount > 0, "seed \(seed)")
    #expect(aloneCount > Self.trialCount / 3, "\(aloneCount), seed \(seed)")
  }

  @Test("a loss of 5 % is mostly missed, and one of a quarter is mostly found")
  func power() {
    let seed: UInt64 = 3
    var sessions = Sessions(noise: SessionNoise(seed: seed))
    func losses(_ change: Double) -> Int {
      (0..<Self.trialCount).count { _ in
        let hypothesis = sessions.hypothesis(change: change, margins: Margins())
        return HistoryRule.judge([hypothesis], significance: 0.05)[0].verdict == .regress
      }
    }
    let (small, large) = (losses(log(0.95)), losses(log(0.75)))
    #expect(small < Self.trialCount / 3, "\(small), seed \(seed)")
    #expect(large > Self.trialCount * 4 / 5, "\(large), seed \(seed)")
  }
}
