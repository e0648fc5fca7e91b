// SPDX-License-Identifier: MIT

import CACE

/// The clock that policies go by. Where a seed asks for decisions that are the same every time, it is no clock: a tick passes
/// with every so many slow calls.
enum PolicyClock {
  /// Whether time is counted instead of read.
  nonisolated(unsafe) static var isCounted = false
  private nonisolated(unsafe) static var countedMilliseconds: UInt64 = 1

  /// Milliseconds since some moment, right to a tick of the kernel.
  @inline(__always) static func now() -> UInt64 { isCounted ? countedMilliseconds : ace_coarse_milliseconds() }

  /// Lets counted time pass.
  static func advance(by milliseconds: UInt64) {
    if isCounted { countedMilliseconds &+= milliseconds }
  }
}
