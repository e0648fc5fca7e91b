// SPDX-License-Identifier: MIT

import Glibc
import Results

/// What a gate can judge, by the word that options and files use.
public enum GateMetric: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
  case throughput
  case cpuThroughput = "cpu-throughput"
  case peakRSS = "peak-rss"
  case memoryArea = "memory-area"

  /// The column it is read from.
  public var metric: Metric {
    switch self {
    case .throughput: .throughput
    case .cpuThroughput: .throughputPerCPU
    case .peakRSS: .residentPeak
    case .memoryArea: .memoryEfficiencyArea
    }
  }

  /// The pass that measures it.
  public var pass: Pass {
    switch self {
    case .throughput, .cpuThroughput: .time
    case .peakRSS, .memoryArea: .memory
    }
  }

  /// Whether a larger number is a better one.
  public var isHigherBetter: Bool { metric.direction == .higherIsBetter }

  /// Added to resident sizes before they are compared. The kernel maps pages of libraries up to sixteen at a time,
  /// so that a peak is known to some tens of pages only, which in a heap of a few hundred would else be a loss of
  /// several percent. Of a change of a heap of 8 MiB the allowance hides a ninth.
  public static let smallHeapAllowanceByteCount = 1_048_576.0

  /// What nothing measures lies beyond; the ratio of two values within is a number that can be written.
  private static let usableValues = 1e-100...1e100
  /// The distance of the goodness of two values is at most this.
  static let largestDifference = log(usableValues.upperBound) - log(usableValues.lowerBound)

  /// The logarithm of a measured value, turned so that more is better; nil for a value that nothing can have measured,
  /// as zero is one.
  public func goodness(of value: Double) -> Double? {
    guard Self.usableValues.contains(value) else { return nil }
    let size = self == .peakRSS ? value + Self.smallHeapAllowanceByteCount : value
    return isHigherBetter ? log(size) : -log(size)
  }

  /// The measured value with this goodness.
  public func value(ofGoodness goodness: Double) -> Double {
    let size = exp(isHigherBetter ? goodness : -goodness)
    // Sizes are whole; the way through the logarithm leaves a trace.
    return self == .peakRSS ? (size - Self.smallHeapAllowanceByteCount).rounded() : size
  }

  /// candidate ÷ base of the measured values for a difference of goodness.
  public func ratio(of difference: Double) -> Double { exp(isHigherBetter ? difference : -difference) }
}
