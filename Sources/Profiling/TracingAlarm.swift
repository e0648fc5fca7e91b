// SPDX-License-Identifier: MIT

import Glibc
import Measurement

/// Interrupts waiting calls of this process when a time is up, again and again, so that none is missed; the signal is SIGALRM.
final class TracingAlarm {
  private let deadlineNanoseconds: UInt64?

  init(seconds: Double?) {
    deadlineNanoseconds = seconds.map { Clock.nowNanoseconds() + UInt64($0 * 1e9) }
    guard let seconds else { return }
    var action = sigaction()
    // Without SA_RESTART, for the call to return.
    action.__sigaction_handler.sa_handler = { _ in }
    sigaction(SIGALRM, &action, nil)
    Self.set(seconds: seconds, again: 0.1)
  }

  deinit { if deadlineNanoseconds != nil { Self.set(seconds: 0, again: 0) } }

  /// Whether the time is up.
  var isDue: Bool { deadlineNanoseconds.map { Clock.nowNanoseconds() >= $0 } ?? false }

  private static func set(seconds: Double, again: Double) {
    func time(_ seconds: Double) -> timeval {
      timeval(tv_sec: Int(seconds), tv_usec: Int((seconds - seconds.rounded(.down)) * 1e6))
    }
    var timer = itimerval(it_interval: time(again), it_value: time(seconds))
    setitimer(__itimer_which_t(ITIMER_REAL.rawValue), &timer, nil)
  }
}
