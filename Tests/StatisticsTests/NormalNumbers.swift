// SPDX-License-Identifier: MIT

import Glibc
import TestSupport

/// Seeded normal numbers with mean 0 and standard deviation 1, two from each pair of uniform ones: Box and Muller, "A
/// Note on the Generation of Random Normal Deviates", Annals of Mathematical Statistics 29, 1958.
struct NormalNumbers {
  var random: SeededRandom
  private var spare: Double?

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func next() -> Double {
    if let number = spare {
      spare = nil
      return number
    }
    let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &random))).squareRoot()
    let angle = 2 * .pi * Double.random(in: 0..<1, using: &random)
    spare = radius * sin(angle)
    return radius * cos(angle)
  }
}
