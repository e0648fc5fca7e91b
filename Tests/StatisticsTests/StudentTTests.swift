// SPDX-License-Identifier: MIT

import Glibc
import Statistics
import Testing

@Suite struct StudentTTests {
  @Test(
    "quantiles are those of printed tables",
    arguments: [
      (0.95, 4, 2.131847), (0.975, 1, 12.706205), (0.95, 9, 1.833113), (0.995, 30, 2.749996), (0.90, 2, 1.885618),
      (0.999, 5, 5.893430), (0.975, 120, 1.979930),
    ])
  func tables(probability: Double, degreesOfFreedom: Int, expected: Double) {
    let distribution = StudentT(degreesOfFreedom: degreesOfFreedom)
    #expect(abs(distribution.quantile(probability) - expected) < 1e-6)
    #expect(abs(distribution.quantile(1 - probability) + expected) < 1e-6)
    #expect(abs(distribution.probability(below: expected) - probability) < 1e-6)
  }

  static let values = [0, 1e-9, 0.01, 0.3, 0.9, 1, 1.7, 3, 12, 400, 1e7]

  @Test("one degree of freedom is Cauchy's distribution, two have a root", arguments: values)
  func closedForms(value: Double) {
    for value in [value, -value] {
      let cauchy = 0.5 + atan(value) / .pi
      #expect(abs(StudentT(degreesOfFreedom: 1).probability(below: value) - cauchy) < 1e-15)
      let root = 0.5 + value / (2 * (2 + value * value).squareRoot())
      #expect(abs(StudentT(degreesOfFreedom: 2).probability(below: value) - root) < 1e-15)
    }
  }

  /// Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
  @Test("whole degrees of freedom have finite sums", arguments: 1...40)
  func finiteSums(degreesOfFreedom: Int) {
    for value in Self.values {
      let angle = atan(value / Double(degreesOfFreedom).squareRoot())
      let isOdd = !degreesOfFreedom.isMultiple(of: 2)
      var term = isOdd ? cos(angle) : 1
      var sum = 0.0
      for power in stride(from: isOdd ? 1 : 0, through: degreesOfFreedom - 2, by: 2) {
        sum += term
        term *= cos(angle) * cos(angle) * Double(power + 1) / Double(power + 2)
      }
      let between = isOdd ? 2 / Double.pi * (angle + sin(angle) * sum) : sin(angle) * sum
      let distribution = StudentT(degreesOfFreedom: degreesOfFreedom)
      #expect(abs(distribution.probability(below: value) - (0.5 + between / 2)) < 1e-14, "at \(value)")
      #expect(abs(distribution.probability(below: -value) - (0.5 - between / 2)) < 1e-14, "at \(-value)")
    }
  }

  @Test("a quantile keeps all digits, far out too", arguments: [1e-200, 1e-12, 0.001, 0.3, 0.5, 0.7, 0.999])
  func quantileDigits(probability: Double) {
    let cauchy = probability < 0.5 ? -1 / tan(.pi * probability) : 1 / tan(.pi * (1 - probability))
    let first = StudentT(degreesOfFreedom: 1).quantile(probability)
    #expect(abs(first - cauchy) <= 1e-13 * abs(cauchy) + 1e-15)
    let second = StudentT(degreesOfFreedom: 2).quantile(probability)
    let root = (2 * probability - 1) / (2 * probability * (1 - probability)).squareRoot()
    #expect(abs(second - root) <= 1e-13 * abs(root))
  }

  @Test("many degrees of freedom are the normal distribution")
  func manyDegrees() {
    let distribution = StudentT(degreesOfFreedom: 4_000_000)
    #expect(abs(distribution.quantile(0.975) - 1.959964) < 1e-5)
    #expect(abs(distribution.probability(below: 0.5) - (1 - erfc(0.5 / 2.0.squareRoot()) / 2)) < 1e-6)
  }

  @Test("nothing lies beyond the ends")
  func ends() {
    let distribution = StudentT(degreesOfFreedom: 3)
    #expect(distribution.probability(below: -.infinity) == 0)
    #expect(distribution.probability(below: .infinity) == 1)
    #expect(distribution.probability(below: 0) == 0.5)
    #expect(distribution.quantile(0.5) == 0)
  }
}
