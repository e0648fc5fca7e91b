// SPDX-License-Identifier: MIT

import Results

/// What a candidate measured in one round, or gained on the defaults in it: natural logarithms, more is better.
public struct TuningFigures: Equatable, Sendable {
  /// Of the speed: -ln of the time that the operations took, but for a constant.
  public var time: Double
  /// The mean of two: -ln of the peak, a MiB added (decision 010), and -ln of the area. A peak alone would not see memory
  /// that is given back, an area alone not what a machine must have.
  public var memory: Double

  public init(time: Double, memory: Double) {
    self.time = time
    self.memory = memory
  }

  /// Of the rows of both passes; nil when one lacks what is needed. A workload that keeps nothing live has no area: its
  /// peak counts alone.
  public init?(time: MetricValues, memory: MetricValues) {
    guard let speed = Self.goodness(.throughput, time), let peak = Self.goodness(.peakRSS, memory) else { return nil }
    if memory[.memoryEfficiencyArea] == nil {
      self.init(time: speed, memory: peak)
    } else {
      guard let area = Self.goodness(.memoryArea, memory) else { return nil }
      self.init(time: speed, memory: (peak + area) / 2)
    }
  }

  private static func goodness(_ metric: GateMetric, _ values: MetricValues) -> Double? {
    values[metric.metric].flatMap { metric.goodness(of: $0.double) }
  }

  static func - (figures: Self, base: Self) -> Self {
    Self(time: figures.time - base.time, memory: figures.memory - base.memory)
  }
}
