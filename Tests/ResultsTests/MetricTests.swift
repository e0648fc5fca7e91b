// SPDX-License-Identifier: MIT

import Results
import Testing

@Suite struct MetricTests {
  @Test("every metric says how it is measured", arguments: Metric.allCases)
  func facts(metric: Metric) {
    #expect(metric.formula.hasSuffix("."), "\(metric.column)")
    switch metric.unit {
    case .nanoseconds: #expect(metric.column.hasSuffix("_ns") || metric.column.hasSuffix("ns_per_op"))
    case .bytes: #expect(metric.column.hasSuffix("_bytes"))
    case .count: #expect(metric.column.hasSuffix("_count"))
    case .ratio: #expect(metric.column.hasSuffix("_ratio") || metric.column.hasSuffix("_area"))
    case .operationsPerSecond, .operationsPerCPUSecond, .bytesPerSecond: #expect(metric.column.hasSuffix("_s"))
    }
  }

  @Test("latencies are named for what they are")
  func latencies() {
    let latencies = Metric.allCases.filter { $0.pass == .latency }
    #expect(latencies.count == 20)
    #expect(Metric.reallocP9999.formula.hasPrefix("99.99 % of the sampled calls of realloc took no longer."))
    #expect(Metric.freeP90.formula.hasPrefix("90 % of the sampled calls of free"))
    #expect(Metric.mallocMaximum.formula.hasPrefix("The longest of the sampled calls of malloc."))
    #expect(Metric.latencyControlP99.unit == .nanoseconds)
  }

  @Test("column names are lower case and unique")
  func names() {
    let columns = Metric.allCases.map(\.column)
    #expect(Set(columns).count == columns.count)
    #expect(columns.allSatisfy { $0.allSatisfy { $0 == "_" || $0.isNumber || $0.isLowercase } })
  }
}
