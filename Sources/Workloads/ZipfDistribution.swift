// SPDX-License-Identifier: MIT

import Glibc

/// Ranks from 0 whose probability falls as `1 / (rank + 1)^exponent`: a few come all the time, most hardly ever.
struct ZipfDistribution: Sendable {
  private let choice: WeightedChoice

  init(count: Int, exponent: Double) {
    choice = WeightedChoice(weights: (1...count).map { pow(Double($0), -exponent) })
  }

  func next(_ random: inout SplitMix64) -> Int { choice.next(&random) }
}
