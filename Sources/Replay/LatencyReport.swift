// SPDX-License-Identifier: MIT

import Measurement

/// What the latency pass saw, in nanoseconds.
public struct LatencyReport: Sendable {
  /// The quantiles of one kind of call.
  public struct Quantiles: Sendable {
    public var sampleCount: UInt64
    public var p50, p90, p99, p999, p9999, max: Double
  }

  /// malloc, calloc and aligned allocations; nil when none was sampled, as for the others.
  public var malloc: Quantiles?
  public var free: Quantiles?
  public var realloc: Quantiles?
  /// Empty stretches, timed the same way: the cost of timing.
  public var control: Quantiles?

  init(_ histograms: UnsafePointer<LatencyHistograms>, nanosecondsPerTick: Double) {
    malloc = Self.quantiles(histograms.pointee.malloc, nanosecondsPerTick)
    free = Self.quantiles(histograms.pointee.free, nanosecondsPerTick)
    realloc = Self.quantiles(histograms.pointee.realloc, nanosecondsPerTick)
    control = Self.quantiles(histograms.pointee.control, nanosecondsPerTick)
  }

  private static func quantiles(_ histogram: borrowing LatencyHistogram, _ nanosecondsPerTick: Double) -> Quantiles? {
    func nanoseconds(_ fraction: Double) -> Double {
      Double(histogram.quantile(fraction) ?? 0) * nanosecondsPerTick
    }
    let count = histogram.count
    guard count > 0 else { return nil }
    return Quantiles(
      sampleCount: count, p50: nanoseconds(0.5), p90: nanoseconds(0.9), p99: nanoseconds(0.99),
      p999: nanoseconds(0.999), p9999: nanoseconds(0.9999), max: nanoseconds(1))
  }
}
