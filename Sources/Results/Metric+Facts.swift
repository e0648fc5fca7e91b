// SPDX-License-Identifier: MIT

extension Metric {
  /// What a number of a metric counts.
  public enum Unit: String, Sendable {
    case operationsPerSecond = "op/s"
    case operationsPerCPUSecond = "op/CPU s"
    case bytesPerSecond = "byte/s"
    case nanoseconds = "ns"
    case bytes = "byte"
    case count = ""
    case ratio = "ratio"
  }

  /// Which way a metric should go.
  public enum Direction: String, Sendable {
    case higherIsBetter = "higher"
    case lowerIsBetter = "lower"
    /// It describes the run rather than the allocator.
    case neither = "none"
  }

  /// What the metric's numbers count.
  public var unit: Unit {
    switch self {
    case .throughput: .operationsPerSecond
    case .throughputPerCPU: .operationsPerCPUSecond
    case .bandwidth: .bytesPerSecond
    case .fragmentation, .internalFragmentation, .memoryEfficiencyArea: .ratio
    case .operationsCount, .minorFaults, .majorFaults, .voluntarySwitches, .involuntarySwitches: .count
    default: column.hasSuffix("_bytes") ? .bytes : .nanoseconds
    }
  }

  /// The pass whose process measures it; nil when every pass does.
  public var pass: Pass? {
    switch self {
    case .operationsCount, .elapsed: nil
    case .residentPeak, .virtualPeak, .residentStart, .residentEnd, .residentDrained100Milliseconds,
      .residentDrained1Second, .residentDrained5Seconds, .lazyFree, .hugePages, .livePeak, .fragmentation,
      .internalFragmentation, .memoryEfficiencyArea:
      .memory
    case .latencyControlP50, .latencyControlP99: .latency
    default: latencyPercentile == nil ? .time : .latency
    }
  }

  /// Which way it should go.
  public var direction: Direction {
    switch self {
    case .throughput, .throughputPerCPU, .bandwidth: .higherIsBetter
    case .operationsCount, .residentStart, .livePeak, .hugePages, .latencyControlP50, .latencyControlP99, .syncWait:
      .neither
    default: .lowerIsBetter
    }
  }

  /// The call and the percentile of a latency, as the column's name spells them; nil for other metrics.
  var latencyPercentile: (call: Substring, percentile: Substring)? {
    let words = column.split(separator: "_")
    guard words.count == 3, words[2] == "ns", ["malloc", "free", "realloc"].contains(words[0]) else { return nil }
    return (words[0], words[1])
  }
}
