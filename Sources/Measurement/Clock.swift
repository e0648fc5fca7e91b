// SPDX-License-Identifier: MIT

import CLinux
import Glibc

/// Time as figures are made of: CLOCK_MONOTONIC, in nanoseconds.
public enum Clock {
  /// Nanoseconds since an arbitrary moment; never goes back.
  @inline(__always)
  public static func nowNanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }

  /// Sleeps until `nowNanoseconds()` has reached a value.
  public static func sleep(untilNanoseconds deadline: UInt64) {
    var time = timespec(tv_sec: Int(deadline / 1_000_000_000), tv_nsec: Int(deadline % 1_000_000_000))
    while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
  }

  /// Spends time on the processor until `nowNanoseconds()` has reached a value.
  public static func spin(untilNanoseconds deadline: UInt64) {
    while nowNanoseconds() < deadline {}
  }
}
