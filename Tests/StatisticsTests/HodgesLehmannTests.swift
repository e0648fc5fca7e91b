// SPDX-License-Identifier: MIT

import Statistics
import Testing

@Suite struct HodgesLehmannTests {
  @Test("worked examples come out to six digits", arguments: WorkedExample.all)
  func workedExample(example: WorkedExample) throws {
    let centre = try #require(HodgesLehmann(differences: example.differences))
    let interval = try #require(centre.interval)
    #expect(abs(centre.estimate - example.estimate) < 1e-6)
    #expect(abs(interval.lowerBound - example.lower) < 1e-6)
    #expect(abs(interval.upperBound - example.upper) < 1e-6)
  }

  @Test("a paired ratio is the worked example without its logarithm", arguments: WorkedExample.all)
  func ratio(example: WorkedExample) throws {
    let ratio = try #require(PairedRatio(example.pairs))
    let interval = try #require(ratio.interval)
    let percentages = [ratio.ratio, interval.lowerBound, interval.upperBound].map { 100 * ($0 - 1) }
    for (percentage, expected) in zip(percentages, example.percentages) { #expect(abs(percentage - expected) < 1e-6) }
  }

  @Test("an interval appears with the sixth pair and spans all six", arguments: 1...6)
  func fewPairs(count: Int) throws {
    let pairs = (1...count).map { (numerator: Double($0), denominator: 1.0) }
    let ratio = try #require(PairedRatio(pairs))
    #expect((ratio.interval != nil) == (count >= PairedRatio.smallestCountWithInterval))
    #expect(ratio.medianRatio == Double(count + 1) / 2)
    if let interval = ratio.interval {
      #expect(abs(interval.lowerBound - 1) < 1e-12)
      #expect(abs(interval.upperBound - 6) < 1e-12)
    }
  }

  @Test("a shift of all differences shifts the estimate and both ends")
  func equivariance() throws {
    let differences = [0.3, -1.2, 0.9, 2.4, -0.1, 0.7, 1.1]
    let original = try #require(HodgesLehmann(differences: differences))
    let shifted = try #require(HodgesLehmann(differences: differences.map { $0 + 8 }))
    #expect(abs(shifted.estimate - original.estimate - 8) < 1e-12)
    let (first, second) = (try #require(original.interval), try #require(shifted.interval))
    #expect(abs(second.lowerBound - first.lowerBound - 8) < 1e-12)
    #expect(abs(second.upperBound - first.upperBound - 8) < 1e-12)
  }

  /// Of 2000 intervals, a nominal 95 % and the standard error of counting them.
  @Test(
    "the interval holds the centre as often as it says, also when one round in ten is disturbed", arguments: [0, 0.1])
  func coverage(disturbedShare: Double) throws {
    let seed: UInt64 = 12
    var numbers = NormalNumbers(seed: seed)
    var coveredCount = 0
    for _ in 0..<2000 {
      let differences = (0..<12).map { _ in
        let isDisturbed = Double.random(in: 0..<1, using: &numbers.random) < disturbedShare
        return numbers.next() * (isDisturbed ? 10 : 1)
      }
      if try #require(HodgesLehmann(differences: differences)?.interval).contains(0) { coveredCount += 1 }
    }
    #expect((1880...1950).contains(coveredCount), "seed \(seed): \(coveredCount) of 2000")
  }

  @Test("what cannot be compared gives no answer")
  func refused() {
    #expect(HodgesLehmann(differences: []) == nil)
    #expect(HodgesLehmann(differences: [1, .infinity]) == nil)
    #expect(HodgesLehmann(differences: [1, .nan]) == nil)
    #expect(PairedRatio([]) == nil)
    #expect(PairedRatio([(numerator: 1, denominator: 0)]) == nil)
  }
}
