// SPDX-License-Identifier: MIT

import Comparison
import Glibc
import Testing

@Suite("The rule of a gate")
struct GateRuleTests {
  static let limits = StageLimits(minimum: 8, maximum: 8)

  struct Example: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Speeds of the candidate, beside `reference`.
    var speeds: [Double]
    var verdict: FindingVerdict
    /// Of having lost no more than is tolerated.
    var probability: Double

    static let reference: [Double] = [100, 102, 98, 101, 99, 100, 97, 103]

    var differences: [Double] { zip(speeds, Self.reference).map { log($0) - log($1) } }

    static let all = [
      Example(
        testDescription: "a sure loss of 6 %", speeds: [94, 95, 92, 94, 93, 92, 91, 95], verdict: .regress,
        probability: 1.0 / 256),
      Example(
        testDescription: "no change", speeds: [101, 101, 99, 100, 100, 99, 98, 102], verdict: .pass, probability: 1),
      Example(
        testDescription: "too noisy to tell", speeds: [93, 103, 95, 100, 94, 101, 92, 101], verdict: .inconclusive,
        probability: 0.23046875),
      Example(
        testDescription: "a sure loss of 3 %", speeds: [97, 98.5, 95, 97.5, 96.2, 96.8, 93.6, 99.6], verdict: .regress,
        probability: 1.0 / 256),
    ]
  }

  @Test("decides the worked examples", arguments: Example.all)
  func examples(_ example: Example) throws {
    let hypothesis = GateHypothesis(differences: example.differences, margins: Margins())
    let confirmation = try #require(
      GateRule.confirm([hypothesis], limits: Self.limits, significance: 0.05).first)
    #expect(confirmation.verdict == example.verdict)
    #expect(abs(confirmation.probability - example.probability) < 1e-6)
    #expect(confirmation.adjustedProbability == confirmation.probability)
    // A sure loss of 3 % excludes one of 5 %, and still does not pass.
    let passes = GateRule.passesScreen(example.differences, Margins(), Self.limits)
    #expect(passes == (example.verdict == .pass))
  }

  @Test("corrects for all hypotheses together, and leaves out none that has too few rounds")
  func holm() {
    let loss = GateHypothesis(differences: Example.all[0].differences, margins: Margins())
    let short = GateHypothesis(differences: Array(loss.differences.dropLast()), margins: Margins())
    func verdicts(_ hypotheses: [GateHypothesis]) -> [FindingVerdict] {
      GateRule.confirm(hypotheses, limits: Self.limits, significance: 0.05).map(\.verdict)
    }
    // 12 in 256 are 4.7 %, and 13 are 5.1 %.
    #expect(verdicts(Array(repeating: loss, count: 12)) == Array(repeating: .regress, count: 12))
    #expect(verdicts(Array(repeating: loss, count: 13)) == Array(repeating: .inconclusive, count: 13))
    #expect(verdicts([short, loss]) == [.inconclusive, .regress])
    #expect(verdicts([]) == [])
  }

  @Test("looks at the width after the fewest rounds and then after every step")
  func looks() {
    let limits = StageLimits(minimum: 10, maximum: 20, step: 3)
    func wants(_ count: Int, _ size: Double) -> Bool {
      let differences = (0..<count).map { $0.isMultiple(of: 2) ? size : -size }
      return GateRule.wantsAnotherRound(differences, Margins(), limits)
    }
    // Narrow from the start: it ends where it looks, and nowhere else.
    #expect((0...20).filter { !wants($0, 0.001) } == [10, 13, 16, 19, 20])
    // Never narrow: it ends with the last round.
    #expect((0...21).filter { !wants($0, 0.2) } == [20, 21])
  }

  @Test("does not stop because a loss is sure")
  func sureLoss() {
    let limits = StageLimits(minimum: 10, maximum: 20)
    let differences = (0..<10).map { -0.5 - 0.02 * Double($0) }
    #expect(GateRule.wantsAnotherRound(differences, Margins(), limits))
  }
}
