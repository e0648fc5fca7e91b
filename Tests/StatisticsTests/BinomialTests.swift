// SPDX-License-Identifier: MIT

import Statistics
import Testing

@Suite("The binomial distribution")
struct BinomialTests {
  @Test("gives fair coins their exact probabilities")
  func coins() {
    let coins = Binomial(trialCount: 4, successProbability: 0.5)
    for (count, sixteenths) in [1.0, 4, 6, 4, 1].enumerated() {
      #expect(abs(coins.probability(of: count) - sixteenths / 16) < 1e-14)
    }
    #expect(abs(coins.probability(upTo: 1) - 5.0 / 16) < 1e-14)
    #expect(coins.probability(upTo: -1) == 0)
    #expect(coins.probability(of: 5) == 0)
  }

  @Test("sums to one", arguments: [1, 7, 40, 1000], [0, 0.003, 0.5, 0.97, 1])
  func total(trialCount: Int, probability: Double) {
    let binomial = Binomial(trialCount: trialCount, successProbability: probability)
    #expect(abs(binomial.probability(upTo: trialCount) - 1) < 1e-11)
  }

  /// The bounds that gates are held to: of 40 gates without a change at most 2 may fail, of 30 with a change of 5 %
  /// at least 25 have to, of 1000 at the edge of what is tolerated at most 67 may.
  @Test("bounds what chance does")
  func bounds() {
    #expect(Binomial(trialCount: 40, successProbability: 0.01).upperBound(tail: 0.01) == 2)
    #expect(Binomial(trialCount: 30, successProbability: 0.95).lowerBound(tail: 0.01) == 25)
    #expect(Binomial(trialCount: 1000, successProbability: 0.05).upperBound(tail: 0.01) == 67)
    #expect(Binomial(trialCount: 1000, successProbability: 0.90).lowerBound(tail: 0.01) == 877)
  }
}
