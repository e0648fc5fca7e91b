// SPDX-License-Identifier: MIT

import Comparison
import Foundation
import Results
import Statistics
import TestSupport
import Testing

/// Verdicts and figures of paired rounds.
@Suite struct ComparedEffectsTests {
  /// Eight ratios around one, none equal.
  static func around(_ ratio: Double, spread: Double) -> [Double] {
    (0..<8).map { ratio * (1 + spread * (Double($0) - 3.5) / 3.5) }
  }

  struct Case: CustomTestStringConvertible {
    var ratios: [Double]
    var verdict: EffectVerdict
    var testDescription: String { "\(verdict) \(ratios)" }
  }

  @Test(
    "the same lies within the margin, better and worse are sure of their side, all else is unclear",
    arguments: [
      Case(ratios: around(1.001, spread: 0.005), verdict: .same),
      Case(ratios: around(1.01, spread: 0.005), verdict: .same),
      Case(ratios: around(1.05, spread: 0.02), verdict: .better),
      Case(ratios: around(0.95, spread: 0.02), verdict: .worse),
      Case(ratios: around(1.03, spread: 0.1), verdict: .unclear),
      Case(ratios: around(1, spread: 0.05), verdict: .unclear),
      // Within the margin for sure, for all that it is no doubt faster.
      Case(ratios: Array(repeating: 1.004, count: 8), verdict: .same),
      Case(ratios: Array(repeating: 1, count: 8), verdict: .same),
      // Five rounds have no interval, however far apart.
      Case(ratios: Array(repeating: 2, count: 5), verdict: .unclear),
      Case(ratios: [2], verdict: .unclear),
      Case(ratios: Array(repeating: 2, count: 6), verdict: .better),
    ])
  func verdicts(_ example: Case) throws {
    let report = ComparedSamples.rounds(example.ratios).report()
    #expect(report.isValid)
    let finding = try #require(report.findings.first)
    #expect(report.findings.count == 1 && report.means.isEmpty)
    #expect(finding.verdict == example.verdict)
    #expect(finding.roundCount == example.ratios.count)
    #expect((finding.interval == nil) == (example.ratios.count < 6))
    #expect((finding.probability == nil) == (example.ratios.count < 6))
    let hasAdvice = example.verdict == .unclear && example.ratios.count > 1
    #expect((finding.roundsNeeded != nil) == hasAdvice)
    if hasAdvice, let count = finding.roundsNeeded { #expect(count >= max(6, example.ratios.count + 1)) }
  }

  @Test("ratio, interval and p are those of the paired logarithms")
  func figures() throws {
    let ratios = Self.around(1.2, spread: 0.1)
    let finding = try #require(ComparedSamples.rounds(ratios).report().findings.first)
    let expected = try #require(HodgesLehmann(differences: ratios.map { log($0) }))
    #expect(abs(finding.ratio - exp(expected.estimate)) < 1e-12)
    let interval = try #require(finding.interval)
    let expectedInterval = try #require(expected.interval)
    #expect(abs(interval.lowerBound - exp(expectedInterval.lowerBound)) < 1e-12)
    #expect(abs(interval.upperBound - exp(expectedInterval.upperBound)) < 1e-12)
    // All eight differences are of one sign: twice one of 2^8 assignments.
    #expect(finding.probability == 2.0 / 256)
    #expect(finding.baseMedian == 1e6 * (1 + 4.5 / 8))
  }

  @Test("less is better where a metric says so; the ratio stays candidate to base")
  func lowerIsBetter() throws {
    var samples = ComparedSamples(metrics: [.residentPeak])
    for round in 1...8 as ClosedRange<UInt32> {
      samples.add("base", [.residentPeak: 100], round: round, pass: .memory)
      samples.add("candidate", [.residentPeak: 80 + Double(round) / 100], round: round, pass: .memory)
    }
    let finding = try #require(samples.report().findings.first)
    #expect(finding.verdict == .better)
    #expect(abs(finding.ratio - 0.8) < 0.001)
    #expect(finding.interval?.contains(finding.ratio) == true)
  }

  @Test("base and candidate swapped turn every figure and every verdict around")
  func symmetry() throws {
    var random = SeededRandom(seed: 11)
    for _ in 0..<200 {
      let centre = Double.random(in: 0.94...1.06, using: &random)
      let count = Int.random(in: 1...14, using: &random)
      let samples = ComparedSamples.rounds((0..<count).map { _ in centre * .random(in: 0.97...1.03, using: &random) })
      let arms = ComparedSamples.arms
      let finding = try #require(samples.report().findings.first)
      let swapped = ComparedArms(base: arms.candidate, candidate: arms.base)
      let opposite = try #require(samples.report([swapped]).findings.first)
      #expect(abs(finding.ratio * opposite.ratio - 1) < 1e-9)
      #expect(finding.probability == opposite.probability)
      let expected: EffectVerdict =
        switch finding.verdict {
        case .better: .worse
        case .worse: .better
        default: finding.verdict
        }
      #expect(opposite.verdict == expected)
      #expect(finding.roundsNeeded == opposite.roundsNeeded)
    }
  }

  @Test("cells of one metric are a family, and so are means")
  func families() throws {
    var samples = ComparedSamples()
    samples.addRounds(Self.around(1.2, spread: 0.1), workload: "a")
    samples.addRounds(Self.around(1.03, spread: 0.08), workload: "b")
    samples.addRounds(Self.around(1.0, spread: 0.1), workload: "c")
    let report = samples.report()
    #expect(report.findings.compactMap(\.cell?.workload) == ["a", "b", "c"])
    let adjusted = benjaminiHochbergAdjusted(report.findings.compactMap(\.probability))
    #expect(report.findings.compactMap(\.adjustedProbability) == adjusted)
    #expect(adjusted != report.findings.compactMap(\.probability))
    let mean = try #require(report.means.first)
    #expect(report.means.count == 1 && mean.cellCount == 3 && mean.cell == nil)
    #expect(mean.adjustedProbability == mean.probability)
  }

  @Test("the mean is over the rounds that all cells have, and its differences are means of theirs")
  func means() throws {
    var samples = ComparedSamples()
    let first = Self.around(1.2, spread: 0.1)
    let second = Array(Self.around(0.9, spread: 0.05).prefix(7))
    samples.addRounds(first, workload: "a")
    samples.addRounds(second, workload: "b")
    let mean = try #require(samples.report().means.first)
    #expect(mean.roundCount == 7)
    for (difference, ratios) in zip(mean.effect.differences, zip(first, second)) {
      #expect(abs(difference - (log(ratios.0) + log(ratios.1)) / 2) < 1e-12)
    }
  }

  @Test("of comparisons of a thing with itself at most one in twenty families calls any cell different")
  func falseDiscoveries() {
    var random = SeededRandom(seed: 5)
    var familyCount = 0
    for _ in 0..<500 {
      var samples = ComparedSamples()
      for cell in 0..<5 {
        samples.addRounds((0..<10).map { _ in 1 + .random(in: -0.1...0.1, using: &random) }, workload: "cell\(cell)")
      }
      if samples.report().findings.contains(where: { $0.verdict == .better || $0.verdict == .worse }) {
        familyCount += 1
      }
    }
    // The 99.9 % quantile of 500 trials with a probability of 0.05; none at all would say that nothing is ever found.
    #expect((1...41).contains(familyCount), "\(familyCount) of 500")
  }

  @Test("a loss of 5 % is found through noise of 2 % in twelve rounds")
  func power() {
    var random = SeededRandom(seed: 6)
    var foundCount = 0
    for _ in 0..<200 {
      let ratios = (0..<12).map { _ in 0.95 * (1 + .random(in: -0.035...0.035, using: &random)) }
      if ComparedSamples.rounds(ratios).report().findings.first?.verdict == .worse { foundCount += 1 }
    }
    #expect(foundCount >= 190, "\(foundCount) of 200")
  }

  @Test("the rounds that are advised are about those it takes")
  func advice() throws {
    var random = SeededRandom(seed: 7)
    let ratios = (0..<8).map { _ in 1.03 * (1 + .random(in: -0.12...0.12, using: &random)) }
    let finding = try #require(ComparedSamples.rounds(ratios).report().findings.first)
    let advised = try #require(finding.roundsNeeded)
    let centre = exp(finding.effect.estimate)
    let deviation = try #require(finding.effect.standardDeviation)
    var clearCount = 0
    for _ in 0..<100 {
      // Twice as many, from a distribution that is what these rounds seem to be of.
      let more = (0..<advised * 2).map { _ in centre * exp(.random(in: -1.732...1.732, using: &random) * deviation) }
      if ComparedSamples.rounds(more).report().findings.first?.verdict != .unclear { clearCount += 1 }
    }
    #expect(clearCount >= 70, "\(clearCount) of 100 after \(advised * 2) rounds")
  }
}
