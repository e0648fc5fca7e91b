// SPDX-License-Identifier: MIT

import Glibc

/// The normal distribution with mean 0 and standard deviation 1.
enum StandardNormal {
  /// erfc(-x / sqrt 2) / 2.
  static func probability(below value: Double) -> Double { erfc(-value / 2.0.squareRoot()) / 2 }

  /// The number below which a variable lies with a probability between 0 and 1.
  static func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a quantile's probability is between 0 and 1")
    // Beyond 40 the tails are smaller than the smallest double.
    return Double.least(in: -40...40) { Self.probability(below: $0) >= probability }
  }
}
