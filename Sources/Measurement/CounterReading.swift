// SPDX-License-Identifier: MIT

/// What a counter came to.
public struct CounterReading: Equatable, Sendable {
  /// As counted, in events or nanoseconds.
  public var rawValue: UInt64
  /// How long there was something to count, summed over threads, and for how much of that a counter of the processor was
  /// free to do so.
  public var enabledNanoseconds: UInt64
  public var runningNanoseconds: UInt64
  /// Only what was done outside of the kernel, because more was not permitted.
  public var isUserOnly: Bool

  public init(rawValue: UInt64, enabledNanoseconds: UInt64, runningNanoseconds: UInt64, isUserOnly: Bool) {
    self.rawValue = rawValue
    self.enabledNanoseconds = enabledNanoseconds
    self.runningNanoseconds = runningNanoseconds
    self.isUserOnly = isUserOnly
  }

  /// The part of the time that was counted in, 1 for all of it; nil when none was.
  public var countedFraction: Double? {
    guard runningNanoseconds > 0 else { return nil }
    return min(1, Double(runningNanoseconds) / Double(max(enabledNanoseconds, 1)))
  }

  /// The count scaled up to all of the time, as if the rest had been like what was counted; nil when nothing was.
  public var value: Double? { countedFraction.map { Double(rawValue) / $0 } }
}
