// SPDX-License-Identifier: MIT

import Comparison
import Foundation
import Results
import TestSupport
import Testing

/// Effects and interactions of settings that were measured in all combinations.
@Suite struct AblationFactorialTests {
  /// What the logarithm of speed is made of: what each setting adds, and what each two add together.
  struct Truth {
    var effects: [Double]
    /// By both indices, the lower first.
    var interactions: [[Int]: Double]

    func logarithm(_ combination: Int) -> Double {
      let own = effects.indices.filter { combination >> $0 & 1 == 1 }.reduce(0) { $0 + effects[$1] }
      return interactions.reduce(own) { sum, entry in
        entry.key.allSatisfy { combination >> $0 & 1 == 1 } ? sum + entry.value : sum
      }
    }

    /// A setting's effect on the mean over the others.
    func meanEffect(_ factor: Int) -> Double {
      interactions.reduce(effects[factor]) { $1.key.contains(factor) ? $0 + $1.value / 2 : $0 }
    }
  }

  private static let names = ["a", "b", "c", "d", "e"]

  private static func factorial(_ count: Int) -> AblationFactorial {
    let arms = (0..<(1 << count)).map { combination in
      let off = (0..<count).filter { combination >> $0 & 1 == 0 }.map { ";\(names[$0])=off" }
      return Arm(allocator: "ace", switches: "profile=full" + off.joined())
    }
    return AblationFactorial(factors: names.prefix(count).map(AblationSamples.contrast), arms: arms)
  }

  private static func report(_ samples: AblationSamples, _ factorial: AblationFactorial) -> AblationReport {
    AblationAnalysis(samples.rows, contrasts: [], factorial: factorial, rule: EffectRule(margin: 0.01)).report()
  }

  private static func measured(
    _ truth: Truth, _ factorial: AblationFactorial, noise: Double = 0, rounds: ClosedRange<UInt32> = 1...12,
    seed: UInt64 = 1
  ) -> AblationSamples {
    var random = SeededRandom(seed: seed)
    var samples = AblationSamples()
    for round in rounds {
      for (combination, arm) in factorial.arms.enumerated() {
        let scatter = noise > 0 ? Double.random(in: -noise...noise, using: &random) : 0
        let speed = 1e7 * AblationSamples.level(round) * exp(truth.logarithm(combination) + scatter)
        samples.add(arm, [.throughput: speed], round: round)
      }
    }
    return samples
  }

  private static func finding(_ report: AblationReport, _ names: [String]) -> AblationFinding? {
    report.findings.first { finding in
      switch finding.subject {
      case .effect(let contrast): [contrast.name] == names
      case .interaction(let first, let second): [first.name, second.name] == names
      }
    }
  }

  @Test("effects and interactions are those that the rows were made of", arguments: 2...5)
  func truth(count: Int) throws {
    var random = SeededRandom(seed: UInt64(count))
    var truth = Truth(effects: (0..<count).map { _ in .random(in: -0.2...0.2, using: &random) }, interactions: [:])
    for first in 0..<count {
      for second in (first + 1)..<max(count, first + 1) {
        truth.interactions[[first, second]] = .random(in: -0.1...0.1, using: &random)
      }
    }
    let report = Self.report(Self.measured(truth, Self.factorial(count)), Self.factorial(count))
    #expect(report.faults.isEmpty)
    #expect(report.findings.count == count + count * (count - 1) / 2)
    for factor in 0..<count {
      let finding = try #require(Self.finding(report, [Self.names[factor]]))
      #expect(abs(finding.figure.effect.estimate - truth.meanEffect(factor)) < 1e-9)
      #expect(finding.figure.roundCount == 12 && finding.figure.baseMedian == nil)
    }
    for (factors, interaction) in truth.interactions {
      let finding = try #require(Self.finding(report, factors.map { Self.names[$0] }))
      #expect(abs(finding.figure.effect.estimate - interaction) < 1e-9, "\(factors)")
    }
  }

  @Test("settings that multiply have no interaction, and one that is of use only with the other has")
  func found() throws {
    let factorial = Self.factorial(3)
    // The third does nothing; the second only where the first is on.
    let truth = Truth(effects: [0.1, 0, 0], interactions: [[0, 1]: 0.06])
    let report = Self.report(Self.measured(truth, factorial, noise: 0.01, rounds: 1...14), factorial)
    let moved = report.findings.filter(\.isMoved).map(\.subject)
    let contrasts = factorial.factors
    #expect(moved == [.effect(contrasts[0]), .interaction(contrasts[0], contrasts[1]), .effect(contrasts[1])])
    #expect(report.findings.filter(\.isMoved).allSatisfy { $0.figure.verdict == .better })
    let none = Self.report(
      Self.measured(Truth(effects: [0.1, -0.1, 0.3], interactions: [:]), factorial, noise: 0.01), factorial)
    for finding in none.findings {
      if case .interaction = finding.subject { #expect(!finding.isMoved, "\(finding)") }
    }
    #expect(none.findings.count(where: \.isMoved) == 3)
  }

  @Test("of what is smaller the better less is worth more, in interactions too")
  func memory() throws {
    let factorial = Self.factorial(2)
    var samples = AblationSamples()
    for round in 1...8 as ClosedRange<UInt32> {
      for (arm, area) in zip(factorial.arms, [4.0, 2.0, 2.0, 1.5]) {
        samples.add(arm, [.memoryEfficiencyArea: area], round: round, pass: .memory)
      }
    }
    let report = Self.report(samples, factorial)
    let first = try #require(Self.finding(report, ["a"]))
    #expect(first.figure.verdict == .better && abs(first.figure.ratio - sqrt(0.5 * 0.75)) < 1e-9)
    // Each halves alone, and saves a quarter where the other has halved: they are in each other's way.
    let both = try #require(Self.finding(report, ["a", "b"]))
    #expect(both.figure.verdict == .worse && abs(both.figure.ratio - 1.5) < 1e-9)
  }

  @Test("a round counts that all combinations have finished")
  func missingRounds() {
    let factorial = Self.factorial(2)
    var samples = AblationSamples()
    for round in 1...10 as ClosedRange<UInt32> {
      for (index, arm) in factorial.arms.enumerated() where !(round == 4 && index == 2) && !(round == 7 && index == 0) {
        samples.add(arm, [.throughput: Double(1 + index) * 1e6], round: round)
      }
    }
    let report = Self.report(samples, factorial)
    #expect(report.findings.count == 3)
    #expect(report.findings.allSatisfy { $0.figure.roundCount == 8 })
  }

  @Test("without rows of one combination there is nothing to say")
  func missingArm() {
    let factorial = Self.factorial(2)
    var samples = AblationSamples()
    for round in 1...10 as ClosedRange<UInt32> {
      for arm in factorial.arms.dropLast() { samples.add(arm, [.throughput: 1e6], round: round) }
    }
    let report = Self.report(samples, factorial)
    #expect(report.findings.isEmpty && report.faults == [.noCommonRound(differentSeedCount: 0)])
  }
}
