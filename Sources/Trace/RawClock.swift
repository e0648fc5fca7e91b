// SPDX-License-Identifier: MIT

/// Turns the stamps of a raw trace into nanoseconds since its start.
struct RawClock {
  private let startStamp: UInt64
  private let nanosecondsPerTick: Double

  init(from start: RawHeader.Clocks, to end: RawHeader.Clocks) {
    startStamp = start.stamp
    let ticks = Int64(bitPattern: end.stamp &- start.stamp)
    let nanoseconds = Int64(bitPattern: end.monotonicNanoseconds &- start.monotonicNanoseconds)
    // Without two moments apart there is no rate; ticks keep the order, and that is all there is.
    nanosecondsPerTick = ticks > 0 && nanoseconds > 0 ? Double(nanoseconds) / Double(ticks) : 1
  }

  /// How long so many ticks are.
  func duration(of ticks: UInt64) -> UInt64 { UInt64(min(Double(ticks) * nanosecondsPerTick, 0x1p62)) }

  func nanoseconds(at stamp: UInt64) -> UInt64 {
    let ticks = Int64(bitPattern: stamp &- startStamp)
    // An hour is 2^42 ns: a double holds far more without loss that matters.
    return ticks > 0 ? UInt64(min(Double(ticks) * nanosecondsPerTick, 0x1p62)) : 0
  }
}
