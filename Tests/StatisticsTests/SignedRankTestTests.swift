// SPDX-License-Identifier: MIT

import Glibc
import Statistics
import TestSupport
import Testing

@Suite struct SignedRankTestTests {
  @Test("worked examples come out exactly", arguments: WorkedExample.all)
  func workedExample(example: WorkedExample) {
    let loss = SignedRankTest(differences: example.differences, centreIsAtLeast: WorkedExample.tolerated)
    #expect(loss.rankSum == example.rankSumAboveTolerated)
    #expect(loss.probability == example.probabilityAboveTolerated)
    #expect(loss.differenceCount == 8)
    let gain = SignedRankTest(differences: example.differences, centreIsAtMost: WorkedExample.detected)
    #expect(gain.rankSum == example.rankSumBelowDetected)
    #expect(gain.probability == example.probabilityBelowDetected)
  }

  @Test("ties and zeros: the probability is that of all assignments of signs, one by one", arguments: 1...10)
  func enumeration(differenceCount: Int) {
    let seed = UInt64(differenceCount)
    var random = SeededRandom(seed: seed)
    for trial in 0..<40 {
      let margin = Double(Int.random(in: -2...2, using: &random))
      let differences = (0..<differenceCount).map { _ in Double(Int.random(in: -4...5, using: &random)) }
      let deviations = differences.map { $0 - margin }.filter { $0 != 0 }
      let ranks = deviations.map { deviation in
        let smallerCount = deviations.count { $0.magnitude < deviation.magnitude }
        let equalCount = deviations.count { $0.magnitude == deviation.magnitude }
        return Double(smallerCount) + Double(equalCount + 1) / 2
      }
      func probability(of rankSum: Double) -> Double {
        let signs = 0..<(1 << ranks.count)
        let count = signs.count { signs in
          ranks.indices.reduce(0) { signs >> $1 & 1 == 1 ? $0 + ranks[$1] : $0 } <= rankSum
        }
        return Double(count) / Double(signs.count)
      }
      let sumAbove = zip(ranks, deviations).reduce(0) { $1.1 > 0 ? $0 + $1.0 : $0 }
      let sumBelow = ranks.reduce(0, +) - sumAbove

      let loss = SignedRankTest(differences: differences, centreIsAtLeast: margin)
      #expect(loss.rankSum == sumAbove, "seed \(seed), trial \(trial): \(differences)")
      #expect(loss.probability == probability(of: sumAbove), "seed \(seed), trial \(trial): \(differences)")
      #expect(loss.differenceCount == deviations.count)
      let gain = SignedRankTest(differences: differences, centreIsAtMost: margin)
      #expect(gain.rankSum == sumBelow, "seed \(seed), trial \(trial): \(differences)")
      #expect(gain.probability == probability(of: sumBelow), "seed \(seed), trial \(trial): \(differences)")
    }
  }

  @Test("sixty differences of one size are sixty coins")
  func equalSizes() {
    // P(heads <= 30) = (1 + P(heads = 30)) / 2, and C(60, 30) of 2^60 have 30 heads.
    let differences = (0..<60).map { $0.isMultiple(of: 2) ? 1.0 : -1.0 }
    let test = SignedRankTest(differences: differences, centreIsAtLeast: 0)
    let mode = 118_264_581_564_861_424.0 / Double(1 << 60)
    #expect(test.rankSum == 915)
    #expect(abs(test.probability - (1 + mode) / 2) < 1e-15)
  }

  @Test("beyond sixty differences the approximation agrees with the exact count", arguments: [false, true])
  func approximation(hasTies: Bool) {
    let seed: UInt64 = 80
    var numbers = NormalNumbers(seed: seed)
    var probabilities: [Double] = []
    for trial in 0..<24 {
      // Shifts from one end to the other, so that all sizes of probabilities occur.
      let shift = (Double(trial) - 11.5) / 20
      let differences = (0..<80).map { _ in
        let number = numbers.next() + shift
        return hasTies ? (number * 4).rounded(.awayFromZero) : number
      }
      let exact = exactProbability(differences)
      let test = SignedRankTest(differences: differences, centreIsAtLeast: 0)
      #expect(test.differenceCount == 80)
      #expect(abs(test.probability - exact) < 2e-4, "seed \(seed), trial \(trial): \(test.probability), not \(exact)")
      probabilities.append(exact)
    }
    #expect(probabilities.contains { $0 < 0.01 } && probabilities.contains { (0.2...0.8).contains($0) })
  }

  /// P(W+ <= observed) for differences without zeros, counted over doubled ranks in floating point, which does not
  /// overflow.
  private func exactProbability(_ differences: [Double]) -> Double {
    let doubledRanks = differences.map { difference in
      let smallerCount = differences.count { $0.magnitude < difference.magnitude }
      return 2 * smallerCount + differences.count { $0.magnitude == difference.magnitude } + 1
    }
    let observed = zip(doubledRanks, differences).reduce(0) { $1.1 > 0 ? $0 + $1.0 : $0 }
    var probabilities = [Double](repeating: 0, count: observed + 1)
    probabilities[0] = 1
    for rank in doubledRanks {
      for sum in stride(from: observed, through: 0, by: -1) {
        probabilities[sum] = (probabilities[sum] + (sum >= rank ? probabilities[sum - rank] : 0)) / 2
      }
    }
    return probabilities.reduce(0, +)
  }

  @Test("with many equal sizes the approximation is that of coins")
  func manyEqualSizes() {
    // 40 of 100 coins. All ranks are 50.5, and half a step of W+ is half of that; half a rank would be 0.005 off.
    let differences = (0..<100).map { $0 < 40 ? 1.0 : -1.0 }
    let test = SignedRankTest(differences: differences, centreIsAtLeast: 0)
    var term = exp2(-100.0)
    var exact = term
    for heads in 1...40 {
      term *= Double(101 - heads) / Double(heads)
      exact += term
    }
    #expect(abs(test.probability - exact) < 5e-4)
  }

  @Test(
    "nothing speaks against anything without differences, or with all at the margin", arguments: [[], [3.0, 3, 3]])
  func nothing(differences: [Double]) {
    for test in [
      SignedRankTest(differences: differences, centreIsAtLeast: 3),
      SignedRankTest(differences: differences, centreIsAtMost: 3),
    ] {
      #expect(test.probability == 1)
      #expect(test.rankSum == 0)
      #expect(test.differenceCount == 0)
    }
    #expect(SignedRankTest.twoSidedProbability(differences: []) == 1)
  }

  @Test("all on one side is as improbable as so many coins, also far beyond the exact count")
  func oneSided() {
    #expect(SignedRankTest(differences: [-1, -2, -3, -4, -5], centreIsAtLeast: 0).probability == 1.0 / 32)
    #expect(SignedRankTest.twoSidedProbability(differences: [-1, -2, -3, -4, -5]) == 1.0 / 16)
    #expect(SignedRankTest.twoSidedProbability(differences: [1, 2, 3, 4, 5]) == 1.0 / 16)
    #expect(SignedRankTest.twoSidedProbability(differences: [1, -1]) == 1)
    let many = (1...100).map(Double.init)
    let probability = SignedRankTest(differences: many, centreIsAtMost: 0).probability
    #expect(probability > 0 && probability < 1e-15)
    #expect(SignedRankTest(differences: many, centreIsAtLeast: 0).probability == 1)
  }

  @Test("the test rejects a margin exactly when the interval leaves it out", arguments: [6, 13, 30, 70])
  func duality(differenceCount: Int) throws {
    var numbers = NormalNumbers(seed: UInt64(differenceCount))
    let differences = (0..<differenceCount).map { _ in numbers.next() }
    let interval = try #require(HodgesLehmann(differences: differences)?.interval)
    for margin in stride(from: -1.5, through: 1.5, by: 0.01) {
      let isBelow = SignedRankTest(differences: differences, centreIsAtLeast: margin).probability <= 0.025
      let isAbove = SignedRankTest(differences: differences, centreIsAtMost: margin).probability <= 0.025
      #expect(isBelow == (interval.upperBound < margin), "\(margin)")
      #expect(isAbove == (interval.lowerBound > margin), "\(margin)")
    }
  }
}
