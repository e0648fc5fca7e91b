// SPDX-License-Identifier: MIT

/// A number of a table of counters, and what it is worth.
public struct CounterValue: Equatable, Sendable {
  public enum Source: String, Sendable {
    /// perf_event_open(2).
    case counters = "perf"
    /// getrusage(2), wait4(2), and the clock.
    case charges = "rusage"
  }

  /// In events, nanoseconds, or as a fraction.
  public var number: Double
  public var source: Source
  /// The part of the time in which it was counted; 1 where nothing had to be scaled.
  public var countedFraction: Double?
  /// Without what was done in the kernel.
  public var isUserOnly = false

  public init(number: Double, source: Source, countedFraction: Double? = nil, isUserOnly: Bool = false) {
    self.number = number
    self.source = source
    self.countedFraction = countedFraction
    self.isUserOnly = isUserOnly
  }
}
