// SPDX-License-Identifier: MIT

import CLinux

/// The beginning and the end of what is measured within a process, for its own counters and for those who watch its system
/// calls from outside: one call that does nothing else.
public enum SpanMark {
  /// The second argument of the calls that mark a span.
  public static let argument: UInt64 = LINUX_SPAN_MARK

  /// Starts the counters of a `CounterSet` that this thread has made.
  public static func begin() { linux_mark_span(true, argument) }

  /// Stops them.
  public static func end() { linux_mark_span(false, argument) }
}
