// SPDX-License-Identifier: MIT

import CLinux

/// The rate of the time stamp counter, from two readings of it beside the clock.
public struct CounterCalibration {
  private let startStamp: UInt64
  private let startNanoseconds: UInt64

  /// Takes the first reading.
  public init() {
    startNanoseconds = Clock.nowNanoseconds()
    startStamp = linux_timestamp_counter()
  }

  /// Takes the second reading; the longer after the first, the more exact (10 ms give five digits).
  public func nanosecondsPerTick() -> Double {
    let elapsedNanoseconds = Clock.nowNanoseconds() - startNanoseconds
    let elapsedTicks = linux_timestamp_counter() - startStamp
    return Double(elapsedNanoseconds) / Double(max(elapsedTicks, 1))
  }
}
