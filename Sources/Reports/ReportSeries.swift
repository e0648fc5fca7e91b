// SPDX-License-Identifier: MIT

import Results
import Statistics

/// What one arm measured in one cell, and how its processes ended.
struct ReportSeries {
  private var values: [Metric: [Double]] = [:]
  /// Rounds that count, by pass.
  private(set) var roundCounts: [Pass: Int] = [:]
  /// How often the latest attempts at rounds ended otherwise, by pass.
  var failures: [Pass: [Outcome: Int]] = [:]

  /// Takes a row that counts.
  mutating func add(_ sample: Sample) {
    roundCounts[sample.pass, default: 0] += 1
    for metric in ReportMetrics.read(in: sample.pass) {
      if let value = sample.metrics[metric]?.double { values[metric, default: []].append(value) }
    }
  }

  /// The median over rounds with the order-statistic interval of 95 %, or with what lies between the least and the
  /// greatest where there are too few rounds for one; nil without values.
  func point(_ metric: Metric) -> PlotPoint? {
    guard let sample = SortedSample(values[metric] ?? []) else { return nil }
    if let interval = sample.medianInterval { return PlotPoint(value: sample.median, interval: interval) }
    let range = sample.values[0]...sample.values[sample.values.count - 1]
    return PlotPoint(
      value: sample.median, interval: sample.values.count > 1 ? range : nil, isConfident: false)
  }

  func median(_ metric: Metric) -> Double? { SortedSample(values[metric] ?? [])?.median }

  /// How many rounds have a value of the metric.
  func valueCount(_ metric: Metric) -> Int { values[metric]?.count ?? 0 }

  /// Why there is no figure: how processes of the pass ended, or that there were none.
  func absence(_ metric: Metric) -> String {
    guard let pass = metric.pass else { return "not measured" }
    if let outcome = failures[pass]?.max(by: { $0.value < $1.value })?.key { return outcome.words }
    return roundCounts[pass] == nil ? "not measured" : "no value"
  }
}
