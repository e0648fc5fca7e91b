// SPDX-License-Identifier: MIT

import Comparison
import Glibc
import Statistics
import Testing

@Suite("The rule of stored baselines")
struct HistoryRuleTests {
  /// Mean .184, standard deviation .005339, t(.95, 4) = 2.1318, half-width .012467: computed with SciPy.
  private static let earlier = [0.182, 0.190, 0.176, 0.185, 0.187]

  private func judge(
    _ estimate: Double, _ earlier: [Double] = earlier, _ margins: Margins = Margins(), significance: Double = 0.05
  ) -> HistoryRule.Judgement {
    let hypothesis = HistoryHypothesis(estimate: estimate, earlier: earlier, margins: margins)
    return HistoryRule.judge([hypothesis], significance: significance)[0]
  }

  @Test("judges the worked example", arguments: [(0.150, FindingVerdict.regress), (0.168, .pass)])
  func workedExample(estimate: Double, verdict: FindingVerdict) throws {
    let judgement = judge(estimate)
    let interval = try #require(judgement.interval)
    #expect(abs(interval.mean - 0.184) < 1e-6)
    #expect(abs(interval.standardDeviation - 0.005339) < 1e-6)
    #expect(abs(interval.halfWidth - 0.012467) < 1e-6)
    #expect(judgement.verdict == verdict)
    #expect(!judgement.isImprovement)
    #expect(judgement.adjustedProbability == judgement.probability)
    // Student's t with four degrees of freedom has a tail without a series: with s = t / sqrt(4 + t^2), it is
    // (1 - s (3 - s^2) / 2) / 2.
    let distance = (0.184 - estimate) / (interval.standardDeviation * 1.2.squareRoot())
    let sine = distance / (4 + distance * distance).squareRoot()
    #expect(abs(judgement.probability - (1 - sine * (3 - sine * sine) / 2) / 2) < 1e-6)
  }

  @Test("a loss is below the interval and more than is tolerated; a pass has the interval above what is detected")
  func borders() throws {
    let interval = try #require(PredictionInterval(Self.earlier))
    let (mean, half) = (interval.mean, interval.halfWidth)
    // The half-width is less than the tolerated 2.02 %: that decides what is a loss.
    let tolerated = log(0.98)
    #expect(judge(mean + tolerated - 1e-9).verdict == .regress)
    #expect(judge(mean + tolerated + 1e-9).verdict == .pass)
    // With 1 % tolerated the half-width does.
    let strict = Margins(tolerate: 0.01, detect: 0.05)
    #expect(judge(mean - half - 1e-9, Self.earlier, strict).verdict == .regress)
    #expect(judge(mean - half + 1e-9, Self.earlier, strict).verdict == .pass)
    // Within the interval is no loss, however much is accepted of being wrong.
    #expect(judge(mean - half + 1e-9, Self.earlier, strict, significance: 0.2).verdict == .pass)
    #expect(judge(mean - half - 1e-9, Self.earlier, strict, significance: 0.2).verdict == .regress)
    // What is neither a loss nor surely none.
    let wide = Margins(tolerate: 0.045, detect: 0.05)
    #expect(judge(mean + log(0.95) + half + 1e-9, Self.earlier, wide).verdict == .pass)
    #expect(judge(mean + log(0.95) + half - 1e-9, Self.earlier, wide).verdict == .inconclusive)
    #expect(judge(mean + log(0.955) + 1e-9, Self.earlier, wide).verdict == .inconclusive)
    #expect(judge(mean + log(0.955) - 1e-9, Self.earlier, wide).verdict == .regress)
    // Above the interval is an improvement, and passes.
    #expect(judge(mean + half + 1e-9).isImprovement)
    #expect(!judge(mean + half - 1e-9).isImprovement)
    #expect(judge(mean + 1).verdict == .pass)
  }

  @Test("sessions that scatter too much for what is to be detected let nothing pass")
  func wideHistory() {
    let earlier = [0.1, 0.2, 0.3, 0.15, 0.25]
    #expect(judge(0.2, earlier).verdict == .inconclusive)
    #expect(judge(0.2 - 0.15, earlier).verdict == .inconclusive)
    #expect(judge(0.2 - 0.25, earlier).verdict == .regress)
  }

  @Test("sessions that agree to the last digit leave the margins to decide")
  func noScatter() {
    let earlier = [Double](repeating: 0.25, count: 5)
    #expect(judge(0.25, earlier).verdict == .pass)
    #expect(judge(0.25 + log(0.985), earlier).verdict == .pass)
    #expect(judge(0.25 + log(0.975), earlier).verdict == .regress)
    #expect(judge(0.25, earlier).probability == 1)
    #expect(judge(0.24, earlier).probability == 0)
  }

  @Test("fewer than five sessions decide nothing", arguments: 0...4)
  func tooFew(count: Int) {
    let judgement = judge(-5, Array(Self.earlier[..<count]))
    #expect(judgement.verdict == .inconclusive)
    #expect((judgement.interval == nil) == (count < 2))
  }

  @Test("a loss among many has to be less likely than one alone, and a pass needs no less")
  func family() {
    // .1694 lies below its interval with a probability of .033.
    let margins = Margins(tolerate: 0.01, detect: 0.05)
    let low = HistoryHypothesis(estimate: 0.1694, earlier: Self.earlier, margins: margins)
    let even = HistoryHypothesis(estimate: 0.184, earlier: Self.earlier, margins: margins)
    #expect(HistoryRule.judge([low], significance: 0.05)[0].verdict == .regress)
    let judgements = HistoryRule.judge([even, low], significance: 0.05)
    #expect(judgements.map(\.verdict) == [.pass, .pass])
    #expect(judgements[1].adjustedProbability == 2 * judgements[1].probability)
    let lost = HistoryHypothesis(estimate: 0.120, earlier: Self.earlier, margins: margins)
    #expect(HistoryRule.judge([even, lost], significance: 0.05).map(\.verdict) == [.pass, .regress])
  }

  @Test("the loss that is surely called one is where the rule begins to call it so", arguments: [1, 4, 20])
  func smallestSureLoss(familyCount: Int) throws {
    let interval = try #require(PredictionInterval(Self.earlier))
    let loss = HistoryRule.smallestSureLoss(
      allowance: interval.halfWidth, sessionCount: 5, familyCount: familyCount, significance: 0.05, margins: Margins())
    let even = HistoryHypothesis(estimate: 1, earlier: Self.earlier, margins: Margins())
    for (change, verdict) in [(-loss - 1e-6, FindingVerdict.regress), (-loss + 1e-6, .pass)] {
      var hypotheses = [HistoryHypothesis](repeating: even, count: familyCount)
      hypotheses[0].estimate = interval.mean + change
      // Even ones do not take part in what is corrected for: all others have probabilities near 1.
      let found = HistoryRule.judge(hypotheses, significance: 0.05)[0].verdict
      #expect((found == .regress) == (verdict == .regress), "\(change): \(found)")
    }
  }

  @Test("a reference strays when it is outside of its interval on either side, and by more than is tolerated")
  func stray() throws {
    let earlier = [10.00, 10.02, 9.97, 10.01, 10.00]
    let interval = try #require(PredictionInterval(earlier, tail: 0.025))
    func isStray(_ goodness: Double, familyCount: Int = 1, _ margins: Margins = Margins()) -> Bool {
      HistoryRule.strayed(goodness, earlier: earlier, familyCount: familyCount, margins: margins) != nil
    }
    for side in [-1.0, 1] {
      #expect(isStray(interval.mean + side * (interval.halfWidth + 1e-9)))
      #expect(!isStray(interval.mean + side * (interval.halfWidth - 1e-9)))
      // Among 20 figures one is out of 95 % in most sessions.
      #expect(!isStray(interval.mean + side * (interval.halfWidth + 1e-9), familyCount: 20))
      #expect(isStray(interval.mean + side * 4 * interval.halfWidth, familyCount: 20))
      #expect(!isStray(interval.mean + side * 0.15, Margins(tolerate: 0.2, detect: 0.3)))
    }
    let range = try #require(HistoryRule.strayed(11, earlier: earlier, familyCount: 1, margins: Margins()))
    #expect(abs(range.lowerBound - (interval.mean - interval.halfWidth)) < 1e-12)
    #expect(abs(range.upperBound - (interval.mean + interval.halfWidth)) < 1e-12)
    #expect(HistoryRule.strayed(11, earlier: [1, 1, 1, 1], familyCount: 1, margins: Margins()) == nil)
  }
}
