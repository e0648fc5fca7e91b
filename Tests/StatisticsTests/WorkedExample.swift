// SPDX-License-Identifier: MIT

import Glibc
import Testing

/// Eight pairs of measurements, and what the procedures make of them; the figures were computed with NumPy and the
/// exact Wilcoxon test of SciPy 1.17.
struct WorkedExample: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var subject: [Double]
  /// Of the differences of logarithms, with the ends of its 95 % interval.
  var estimate: Double
  var lower: Double
  var upper: Double
  /// The same three as changes in percent.
  var percentages: [Double]
  /// W+ and p of "the centre is at least ln 0.98".
  var rankSumAboveTolerated: Double
  var probabilityAboveTolerated: Double
  /// W+ and p of "the centre is at most ln 0.95".
  var rankSumBelowDetected: Double
  var probabilityBelowDetected: Double

  static let reference: [Double] = [100, 102, 98, 101, 99, 100, 97, 103]
  static let tolerated = log(0.98)
  static let detected = log(0.95)

  var pairs: [(numerator: Double, denominator: Double)] {
    zip(subject, Self.reference).map { (numerator: $0, denominator: $1) }
  }

  var differences: [Double] { pairs.map { log($0.numerator) - log($0.denominator) } }

  static let all = [
    WorkedExample(
      testDescription: "a sure loss of 6 %", subject: [94, 95, 92, 94, 93, 92, 91, 95],
      estimate: -0.0694672625, lower: -0.0776036718, upper: -0.0625271527,
      percentages: [-6.7109326589, -7.4668911274, -6.0612444413],
      rankSumAboveTolerated: 0, probabilityAboveTolerated: 1.0 / 256,
      rankSumBelowDetected: 36, probabilityBelowDetected: 1),
    WorkedExample(
      testDescription: "no change", subject: [101, 101, 99, 100, 100, 99, 98, 102],
      estimate: 0.0001000200, lower: -0.0099503309, upper: 0.0101523715,
      percentages: [0.0100025008, -0.9900990099, 1.0204081633],
      rankSumAboveTolerated: 36, probabilityAboveTolerated: 1,
      rankSumBelowDetected: 0, probabilityBelowDetected: 1.0 / 256),
    WorkedExample(
      testDescription: "too noisy to tell", subject: [93, 103, 95, 100, 94, 101, 92, 101],
      estimate: -0.0281186143, lower: -0.0529224015, upper: 0,
      percentages: [-2.7726965518, -5.1546391753, 0],
      rankSumAboveTolerated: 12, probabilityAboveTolerated: 0.23046875,
      rankSumBelowDetected: 7, probabilityBelowDetected: 0.07421875),
    WorkedExample(
      testDescription: "a sure loss of 3 %", subject: [97, 98.5, 95, 97.5, 96.2, 96.8, 93.6, 99.6],
      estimate: -0.0329335496, lower: -0.0352681388, upper: -0.0304592075,
      percentages: [-3.2397144974, -3.4653465347, -3],
      rankSumAboveTolerated: 0, probabilityAboveTolerated: 1.0 / 256,
      rankSumBelowDetected: 0, probabilityBelowDetected: 1.0 / 256),
  ]
}
