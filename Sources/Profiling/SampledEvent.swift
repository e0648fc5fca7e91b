// SPDX-License-Identifier: MIT

/// What makes a processor take a sample.
public enum SampledEvent: String, Sendable {
  /// So many cycles have passed; needs counters in the processor, which virtual machines often do not pass on.
  case cycles
  /// So much time has passed on the processor; the kernel's own clock, which is always there.
  case processorClock = "cpu-clock"

  /// What a sample stands for: cycles, or nanoseconds on a processor.
  public var measure: ProfileMeasure {
    switch self {
    case .cycles: ProfileMeasure(name: "cycles", unit: .count)
    case .processorClock: ProfileMeasure(name: "cpu time", unit: .nanoseconds)
    }
  }
}
