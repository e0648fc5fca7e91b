// SPDX-License-Identifier: MIT

import Measurement

/// Time for waiting and for estimates, in seconds.
public enum MonotonicTime {
  /// Seconds since an arbitrary moment.
  public static func nowSeconds() -> Double { Double(Clock.nowNanoseconds()) / 1e9 }
}
