// SPDX-License-Identifier: MIT

import Results
import Statistics

/// What one arm measured in one cell: a number per metric and round, and how its processes ended.
///
/// A later attempt at a round takes the place of an earlier one.
struct ArmSeries {
  private struct Run {
    var attempt: UInt32
    var outcome: Outcome
  }

  private var runs: [Pass: [UInt32: Run]] = [:]
  private var valuesByMetric: [Metric: [UInt32: Double]] = [:]

  /// Takes what a sample says of some metrics that its pass measures.
  mutating func add(_ sample: Sample, metrics: [Metric]) {
    if let earlier = runs[sample.pass]?[sample.round], earlier.attempt > sample.attempt { return }
    runs[sample.pass, default: [:]][sample.round] = Run(attempt: sample.attempt, outcome: sample.outcome)
    // What every pass measures is taken from the time pass, and from another only where that has not been run.
    for metric in metrics
    where metric.pass == sample.pass
      || metric.pass == nil && (sample.pass == .time || valuesByMetric[metric]?[sample.round] == nil)
    {
      let value = sample.outcome.status == .ok ? sample.metrics[metric]?.double : nil
      valuesByMetric[metric, default: [:]][sample.round] = value
    }
  }

  /// The values of a metric by round.
  func values(of metric: Metric) -> [UInt32: Double] { valuesByMetric[metric] ?? [:] }

  /// The median over rounds, or nil when no round measured the metric.
  func median(of metric: Metric) -> Double? { SortedSample(values(of: metric).values)?.median }

  /// How many rounds of a pass there were, how many of them failed, and how the last of those ended.
  func failures(in pass: Pass) -> (runCount: Int, failureCount: Int, last: Outcome)? {
    let runs = runs[pass] ?? [:]
    let failed = runs.filter { $0.value.outcome.status != .ok }
    guard let last = failed.max(by: { $0.key < $1.key }) else { return nil }
    return (runs.count, failed.count, last.value.outcome)
  }
}
