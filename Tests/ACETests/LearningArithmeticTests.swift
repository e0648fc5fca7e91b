// SPDX-License-Identifier: MIT

import Foundation
import Testing

@testable import ACEHosted

@Suite("Arithmetic of learning") struct LearningArithmeticTests {
  /// Against the C library's, over all magnitudes and close to the places where the series is weakest.
  @Test func logarithmsAreRightToTheStatedError() {
    var randomness = Randomness(seed: 1)
    let edges = [1, 2, 2.0.squareRoot(), 0.5.squareRoot(), 4096, .leastNormalMagnitude, .greatestFiniteMagnitude]
    let nearEdges = edges.flatMap { [$0, $0.nextUp, max($0.nextDown, .leastNormalMagnitude)] }.filter(\.isFinite)
    let random = (0..<20_000).map { _ in
      Double(sign: .plus, exponent: randomness.below(2000) - 1000, significand: 1 + randomness.share())
    }
    var worst = 0.0
    for number in nearEdges + random { worst = max(worst, abs(Binary.logarithm(of: number) - log2(number))) }
    #expect(worst <= 1.2e-9)
    #expect(Binary.logarithm(of: 1) == 0)
    #expect(Binary.logarithm(of: 65_536) == 16)
  }

  @Test func powersAreRightToTheStatedError() {
    var randomness = Randomness(seed: 2)
    let exponents =
      [0, 0.5, -0.5, 0.5.nextUp, 1000, -1000] + (0..<20_000).map { _ in (randomness.share() - 0.5) * 1000 }
    for exponent in exponents {
      #expect(abs(Binary.power(exponent) / exp2(exponent) - 1) <= 8e-9, "\(exponent)")
    }
    for beyond in [1001, .greatestFiniteMagnitude, .infinity] {
      #expect(Binary.power(beyond) == Binary.power(1000))
      #expect(Binary.power(-beyond) == Binary.power(-1000))
    }
  }

  @Test func expectedScoresAreElos() {
    for difference in stride(from: -2000.0, through: 2000, by: 12.5) {
      let (first, second) = (Rating(points: 1500 + difference), Rating(points: 1500))
      let expected = 1 / (1 + pow(10, -difference / 400))
      #expect(abs(first.expectedScore(against: second) - expected) <= 1e-8)
      #expect(abs(first.expectedScore(against: second) + second.expectedScore(against: first) - 1) <= 1e-8)
    }
    #expect(abs(Rating(points: 1900).expectedScore(against: Rating(points: 1500)) - 10.0 / 11) <= 1e-8)
  }

  @Test func aGameMovesBothByWhatWasNotExpected() {
    for score in [0, 0.5, 1] {
      var (first, second) = (Rating(points: 1600), Rating(points: 1500))
      first.play(against: &second, score: score)
      let gain = Rating.stake * (score - 1 / (1 + pow(10, -0.25)))
      #expect(abs(first.points - (1600 + gain)) <= 1e-6)
      #expect(abs(second.points - (1500 - gain)) <= 1e-6)
    }
  }

  /// The first numbers of SplitMix64 for the seed 1234567, as its authors' reference gives them.
  @Test func lotsAreSplitMix64() {
    var draw = Draw(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
      16_408_922_859_458_223_821,
    ]
    #expect(expected.map { _ in draw.next() } == expected)
    var coins = Draw(seed: 3)
    let heads = (0..<10_000).count { _ in coins.coin() }
    #expect((4_800...5_200).contains(heads))
  }
}
