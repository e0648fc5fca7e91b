// SPDX-License-Identifier: MIT

import Results

/// Computes the metrics of a row from what a worker counted. The formulas are those of `Metric.formula`.
enum MetricDerivation {
  /// Below this much live, start-up memory would decide a ratio.
  private static let smallestLiveByteCount = 4.0 * 1024 * 1024

  static func metrics(of reply: WorkerReply) -> MetricValues {
    var metrics = MetricValues()
    for metric in Metric.allCases { metrics[metric] = reply.number(metric.column) }
    addRates(of: reply, to: &metrics)
    addMemory(of: reply, to: &metrics)
    removeDrownedQuantiles(from: &metrics)
    return metrics
  }

  /// The cost of an operation above the floor's in the same cell and round.
  static func addNet(floor: MetricValue, to metrics: inout MetricValues) {
    guard let gross = metrics[.grossPerOperation] else { return }
    metrics[.netPerOperation] = .real(gross.double - floor.double)
  }

  private static func addRates(of reply: WorkerReply, to metrics: inout MetricValues) {
    guard let operations = metrics[.operationsCount]?.double, operations > 0,
      let elapsed = metrics[.elapsed]?.double, elapsed > 0
    else { return }
    metrics[.throughput] = .real(operations / elapsed * 1e9)
    if let user = metrics[.userTime]?.double, let system = metrics[.systemTime]?.double, user + system > 0 {
      metrics[.throughputPerCPU] = .real(operations / (user + system) * 1e9)
    }
    if let busy = reply.number("busy_ns")?.double { metrics[.grossPerOperation] = .real(busy / operations) }
    if let requested = reply.number("requested_bytes")?.double {
      metrics[.bandwidth] = .real(requested / elapsed * 1e9)
    }
  }

  private static func addMemory(of reply: WorkerReply, to metrics: inout MetricValues) {
    metrics[.residentDrained1Second] = reply.number("rss_drained_1000ms_bytes")
    metrics[.residentDrained5Seconds] = reply.number("rss_drained_5000ms_bytes")
    if let rssArea = reply.number("rss_area")?.double, let liveArea = reply.number("live_area")?.double, liveArea > 0 {
      metrics[.memoryEfficiencyArea] = .real(rssArea / liveArea)
    }
    guard let live = metrics[.livePeak]?.double, live > 0 else { return }
    if let usable = reply.number("usable_at_live_peak_bytes")?.double {
      metrics[.internalFragmentation] = .real(usable / live)
    }
    if live >= smallestLiveByteCount, let resident = reply.number("rss_at_live_peak_bytes")?.double {
      metrics[.fragmentation] = .real(resident / live)
    }
  }

  /// Empties every quantile that the timing itself may have made: it stays only when the control's median is at most a
  /// twentieth of it, or when it lies above the control's 99th percentile.
  private static func removeDrownedQuantiles(from metrics: inout MetricValues) {
    guard let controlMedian = metrics[.latencyControlP50]?.double, let controlP99 = metrics[.latencyControlP99]?.double
    else { return }
    for metric in Metric.allCases where metric.isLatencyQuantile {
      guard let value = metrics[metric]?.double else { continue }
      if controlMedian > value / 20, value <= controlP99 { metrics[metric] = nil }
    }
  }
}

extension Metric {
  /// Whether it is a quantile of a kind of call, the control excepted.
  fileprivate var isLatencyQuantile: Bool {
    ["malloc_", "free_", "realloc_"].contains { column.hasPrefix($0) } && column.hasSuffix("_ns")
  }
}
