// SPDX-License-Identifier: MIT

import Foundation

@testable import ACEHosted

extension Randomness {
  /// Evenly from 0 up to 1.
  mutating func share() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Of the normal distribution around 0, by the method of Box and Muller.
  mutating func normal() -> Double { (-2 * log(1 - share())).squareRoot() * cos(2 * .pi * share()) }
}

/// A program whose epochs cost what a setting makes them cost, times noise.
struct NoisyCosts {
  var randomness: Randomness
  /// The standard deviation of a cost, as a share of it.
  var noise: Double

  init(seed: UInt64, noise: Double) {
    randomness = Randomness(seed: seed)
    self.noise = noise
  }

  /// The cost of an epoch, in the cost function's unit, where time × memory is `factor` times that of the best setting.
  mutating func cost(_ factor: Double) -> Double { log2(40 * factor * max(1 + noise * randomness.normal(), 0.01)) }
}
