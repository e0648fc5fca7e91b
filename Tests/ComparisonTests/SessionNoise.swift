// SPDX-License-Identifier: MIT

import Glibc
import TestSupport

/// Seeded normal numbers with mean 0 and standard deviation 1: Box and Muller, "A Note on the Generation of Random Normal
/// Deviates", Annals of Mathematical Statistics 29, 1958; of each pair the second is not used.
struct SessionNoise {
  private var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func next() -> Double {
    let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &random))).squareRoot()
    return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &random))
  }
}
