// SPDX-License-Identifier: MIT

import Results

/// Which figures a report shows, and what it calls them.
enum ReportMetrics {
  /// What is held against the base, round by round.
  static let compared = Metric.comparedInReports

  /// What is read from the rows of a pass.
  static func read(in pass: Pass) -> [Metric] { byPass[pass] ?? [] }

  private static let byPass: [Pass: [Metric]] = [
    .time: [
      .throughput, .throughputPerCPU, .grossPerOperation, .netPerOperation, .minorFaults, .systemTime, .syncWait,
      .elapsed,
    ],
    .memory: [
      .residentPeak, .residentEnd, .residentDrained100Milliseconds, .residentDrained1Second, .residentDrained5Seconds,
      .livePeak, .fragmentation, .internalFragmentation, .memoryEfficiencyArea, .virtualPeak,
    ],
    .latency: calls.flatMap { percentiles(of: $0) } + [.latencyControlP50, .latencyControlP99],
  ]

  static let calls = ["malloc", "free", "realloc"]

  /// The latencies of a call, from the median to the longest.
  static func percentiles(of call: String) -> [Metric] {
    switch call {
    case "malloc": [.mallocP50, .mallocP90, .mallocP99, .mallocP999, .mallocP9999, .mallocMaximum]
    case "free": [.freeP50, .freeP90, .freeP99, .freeP999, .freeP9999, .freeMaximum]
    case "realloc": [.reallocP50, .reallocP90, .reallocP99, .reallocP999, .reallocP9999, .reallocMaximum]
    default: []
    }
  }

  /// What a metric is called where people read.
  static func title(_ metric: Metric) -> String {
    switch metric {
    case .grossPerOperation: "time per operation"
    case .netPerOperation: "time per operation above the floor"
    case .fragmentation: "fragmentation"
    case .residentDrained100Milliseconds: "memory kept after 100 ms"
    case .residentDrained5Seconds: "memory kept after 5 s"
    case .residentEnd: "memory kept when all is freed"
    case .livePeak: "requested at most"
    case .internalFragmentation: "internal fragmentation"
    case .minorFaults: "minor faults"
    case .systemTime: "system time"
    case .syncWait: "waiting for threads"
    case .mallocP50: "malloc, median"
    case .mallocP99: "malloc, 99 %"
    case .mallocP999: "malloc, 99.9 %"
    case .mallocMaximum: "malloc, longest"
    case .freeP50: "free, median"
    case .freeP99: "free, 99 %"
    case .freeP999: "free, 99.9 %"
    case .freeMaximum: "free, longest"
    default: AblationWords.title(of: metric)
    }
  }
}

extension Metric {
  fileprivate static var comparedInReports: [Metric] { comparedByDefault }
}
