// SPDX-License-Identifier: MIT

/// What was measured of a process. A metric without a value was not measured, which is not the same as zero.
public struct MetricValues: Equatable, Sendable {
  private var values: [Metric: MetricValue] = [:]

  public init() {}

  /// The value of a metric, or nil when it was not measured. A number that is not finite measures nothing.
  public subscript(_ metric: Metric) -> MetricValue? {
    get { values[metric] }
    set {
      if case .real(let real) = newValue, !real.isFinite {
        values[metric] = nil
      } else {
        values[metric] = newValue
      }
    }
  }
}
