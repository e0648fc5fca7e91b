// SPDX-License-Identifier: MIT

import Measurement
import Synchronization

/// A fixed piece of arithmetic, timed: what varies is the machine.
enum NoiseProbe {
  private static let stepCount = 2_000_000

  /// Takes the result: arithmetic whose result nobody takes is left out by the optimiser, and nothing would be timed.
  private static let result = Atomic<UInt64>(0)

  /// How long the work took this time.
  static func nanoseconds() -> UInt64 {
    let begin = Clock.nowNanoseconds()
    var state = begin
    for _ in 0..<stepCount { state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407 }
    result.store(state, ordering: .relaxed)
    return Clock.nowNanoseconds() - begin
  }
}
