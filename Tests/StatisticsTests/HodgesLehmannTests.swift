// SPDX-License-Identifier: MIT

import Glibc
import Statistics
import TestSupport
import Testing

@Suite struct HodgesLehmannTests {
  static let reference: [Double] = [100, 102, 98, 101, 99, 100, 97, 103]

  struct Example: Sendable {
    var subject: [Double]
    var estimate: Double
    var lower: Double
    var upper: Double
  }

  /// Checked against the exact Wilcoxon test of SciPy when they were written down.
  static let examples = [
    Example(subject: [94, 95, 92, 94, 93, 92, 91, 95], estimate: -0.069467, lower: -0.077604, upper: -0.062527),
    Example(subject: [101, 101, 99, 100, 100, 99, 98, 102], estimate: 0.000100, lower: -0.009950, upper: 0.010152),
    Example(subject: [93, 103, 95, 100, 94, 101, 92, 101], estimate: -0.028119, lower: -0.052922, upper: 0),
    Example(
      subject: [97, 98.5, 95, 97.5, 96.2, 96.8, 93.6, 99.6], estimate: -0.032934, lower: -0.035268, upper: -0.030459),
  ]

  @Test("worked examples come out to six digits", arguments: examples)
  func workedExample(example: Example) throws {
    let differences = zip(example.subject, Self.reference).map { log($0) - log($1) }
    let centre = try #require(HodgesLehmann(differences: differences))
    let interval = try #require(centre.interval)
    #expect(abs(centre.estimate - example.estimate) < 1e-6)
    #expect(abs(interval.lowerBound - example.lower) < 1e-6)
    #expect(abs(interval.upperBound - example.upper) < 1e-6)
  }

  @Test("a paired ratio is the worked example without its logarithm", arguments: examples)
  func ratio(example: Example) throws {
    let pairs = zip(example.subject, Self.reference).map { (numerator: $0, denominator: $1) }
    let ratio = try #require(PairedRatio(pairs))
    let interval = try #require(ratio.interval)
    #expect(abs(ratio.ratio - exp(example.estimate)) < 1e-6)
    #expect(abs(interval.lowerBound - exp(example.lower)) < 1e-6)
    #expect(abs(interval.upperBound - exp(example.upper)) < 1e-6)
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
    var random = SeededRandom(seed: seed)
    func normal() -> Double {
      let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &random))).squareRoot()
      return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &random))
    }
    var coveredCount = 0
    for _ in 0..<2000 {
      let differences = (0..<12).map { _ in
        let isDisturbed = Double.random(in: 0..<1, using: &random) < disturbedShare
        return normal() * (isDisturbed ? 10 : 1)
      }
      if try #require(HodgesLehmann(differences: differences)?.interval).contains(0) { coveredCount += 1 }
    }
    #expect((1880...1950).contains(coveredCount), "seed \(seed): \(coveredCount) of 2000")
  }

  @Test("what cannot be compared gives no answer")
  func refused() {
    #expect(HodgesLehmann(differences: []) == nil)
    #expect(HodgesLehmann(differences: [1, .infinity]) == nil)
    #expect(PairedRatio([]) == nil)
    #expect(PairedRatio([(numerator: 1, denominator: 0)]) == nil)
  }
}
