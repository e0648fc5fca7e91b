// SPDX-License-Identifier: MIT

import Results
import Testing

@testable import Experiments

@Suite("Metrics are derived from what a worker counted")
struct MetricDerivationTests {
  private func metrics(_ text: String) -> MetricValues {
    MetricDerivation.metrics(of: WorkerReply(Array(text.utf8)))
  }

  @Test("rates")
  func rates() {
    let metrics = metrics(
      """
      {"operations_count":1000,"requested_bytes":64000,"elapsed_ns":4000,"busy_ns":3000,"user_ns":1500,"system_ns":500}
      """)
    #expect(metrics[.operationsCount] == .count(1000))
    #expect(metrics[.throughput] == .real(0.25e9))
    #expect(metrics[.throughputPerCPU] == .real(0.5e9))
    #expect(metrics[.grossPerOperation] == .real(3))
    #expect(metrics[.bandwidth] == .real(16e9))
    #expect(metrics[.netPerOperation] == nil)
    var net = metrics
    MetricDerivation.addNet(floor: .real(1.25), to: &net)
    #expect(net[.netPerOperation] == .real(1.75))
  }

  @Test("nothing is derived from nothing")
  func empty() {
    for text in ["", "no worker wrote this", "{\"operations_count\":0,\"elapsed_ns\":0}"] {
      let metrics = metrics(text)
      for metric in [Metric.throughput, .throughputPerCPU, .grossPerOperation, .fragmentation] {
        #expect(metrics[metric] == nil, "\(text)")
      }
    }
  }

  @Test("no fragmentation below 4 MiB live", arguments: [(4_194_303, false), (4_194_304, true)])
  func fragmentation(liveByteCount: UInt64, isTold: Bool) {
    let metrics = metrics(
      """
      {"live_peak_bytes":\(liveByteCount),"rss_at_live_peak_bytes":8388608,"usable_at_live_peak_bytes":\(2 * liveByteCount)}
      """)
    #expect(metrics[.fragmentation] == (isTold ? .real(2) : nil))
    #expect(metrics[.internalFragmentation] == .real(2))
  }

  @Test("areas and what is held after a while")
  func memory() {
    let metrics = metrics(
      """
      {"rss_area":300.0,"live_area":200.0,"rss_drained_100ms_bytes":7,"rss_drained_1000ms_bytes":5}
      """)
    #expect(metrics[.memoryEfficiencyArea] == .real(1.5))
    #expect(metrics[.residentDrained100Milliseconds] == .count(7))
    #expect(metrics[.residentDrained1Second] == .count(5))
    #expect(metrics[.residentDrained5Seconds] == nil)
  }

  @Test("a quantile that timing itself may have made is left out")
  func drowned() {
    let figures = [
      "latency_control_p50_ns": 20.5, "latency_control_p99_ns": 30.5, "malloc_p50_ns": 25.5, "malloc_p90_ns": 30.5,
      "malloc_p99_ns": 31.5, "malloc_max_ns": 9000.5, "free_p50_ns": 12.5, "realloc_p50_ns": 400.5,
    ]
    let metrics = metrics("{" + figures.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}")
    #expect(metrics[.mallocP50] == nil)
    #expect(metrics[.mallocP90] == nil)
    #expect(metrics[.mallocP99] == .real(31.5))
    #expect(metrics[.mallocMaximum] == .real(9000.5))
    #expect(metrics[.freeP50] == nil)
    #expect(metrics[.reallocP50] == .real(400.5))
    #expect(metrics[.latencyControlP50] == .real(20.5))
  }
}
