// SPDX-License-Identifier: MIT

/// What was measured of a process. A metric without a value was not measured, which is not the same as zero.
public struct MetricValues: Equatable, Sendable {
  private struct Entry: Sendable {
    let metric: Metric
    var value: MetricValue
  }

  // One pass measures a dozen or two: looking through them takes less than hashing their names.
  private var entries: [Entry] = []

  public init() {}

  /// The value of a metric, or nil when it was not measured. A number that is not finite measures nothing.
  public subscript(_ metric: Metric) -> MetricValue? {
    get { entries.first { $0.metric == metric }?.value }
    set {
      let index = entries.firstIndex { $0.metric == metric }
      switch (newValue, index) {
      case (.real(let real), let index) where !real.isFinite: index.map { _ = entries.remove(at: $0) }
      case (nil, let index): index.map { _ = entries.remove(at: $0) }
      case (let value?, let index?): entries[index].value = value
      case (let value?, nil): entries.append(Entry(metric: metric, value: value))
      }
    }
  }

  /// Whether the same metrics have the same values, in whatever order they were set.
  public static func == (first: MetricValues, second: MetricValues) -> Bool {
    first.entries.count == second.entries.count
      && first.entries.allSatisfy { second[$0.metric] == $0.value }
  }
}
