// SPDX-License-Identifier: MIT

import Measurement

/// A fixed piece of arithmetic, timed: what varies is the machine.
struct NoiseProbe {
  private static let stepCount = 2_000_000

  private(set) var times: [UInt64] = []
  /// What the arithmetic came to. Kept, because work whose result nobody has is no work to an optimiser.
  private(set) var residue: UInt64

  /// Does the work `count` times and keeps how long each took, in nanoseconds.
  init(count: Int) {
    residue = Clock.nowNanoseconds()
    for _ in 0..<count {
      let begin = Clock.nowNanoseconds()
      for _ in 0..<Self.stepCount { residue = residue &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407 }
      times.append(Clock.nowNanoseconds() - begin)
    }
  }

  /// By how much of the fastest the slowest tenth was slower.
  var spread: Double {
    let sorted = times.sorted()
    guard let fastest = sorted.first, fastest > 0 else { return 0 }
    return Double(sorted[sorted.count * 9 / 10]) / Double(fastest) - 1
  }
}
