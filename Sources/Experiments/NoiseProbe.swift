// SPDX-License-Identifier: MIT

import Measurement

/// A fixed piece of arithmetic, timed: what varies is the machine.
enum NoiseProbe {
  private static let stepCount = 2_000_000

  /// How long the work took this time.
  static func nanoseconds() -> UInt64 {
    let begin = Clock.nowNanoseconds()
    var state: UInt64 = 1
    for _ in 0..<stepCount { state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407 }
    keep(state)
    return Clock.nowNanoseconds() - begin
  }

  /// Makes the optimiser believe that the result is needed.
  @inline(never)
  private static func keep(_ value: UInt64) {}
}
