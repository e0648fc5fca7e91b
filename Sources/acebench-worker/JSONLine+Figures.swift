// SPDX-License-Identifier: MIT

import Measurement
import Replay

extension JSONLine {
  /// The figures that every pass has. Their names are those of the CSV's columns where there is one.
  mutating func add(_ outcome: ReplayOutcome) {
    add("operations_count", outcome.operationCount)
    add("requested_bytes", outcome.requestedByteCount)
    add("elapsed_ns", outcome.elapsedNanoseconds)
    add("busy_ns", outcome.busyNanoseconds)
    add("sync_wait_ns", outcome.waitNanoseconds)
    guard let usage = outcome.usage else { return }
    add("user_ns", usage.userNanoseconds)
    add("system_ns", usage.systemNanoseconds)
    add("minor_faults_count", usage.minorFaultCount)
    add("major_faults_count", usage.majorFaultCount)
    add("voluntary_switches_count", usage.voluntarySwitchCount)
    add("involuntary_switches_count", usage.involuntarySwitchCount)
  }

  /// The quantiles of the latency pass, in nanoseconds.
  mutating func add(_ report: LatencyReport) {
    for (name, quantiles) in [
      ("malloc", report.malloc), ("free", report.free), ("realloc", report.realloc),
      ("latency_control", report.control),
    ] {
      guard let quantiles else { continue }
      add(name + "_sample_count", quantiles.sampleCount)
      add(name + "_p50_ns", quantiles.p50)
      add(name + "_p90_ns", quantiles.p90)
      add(name + "_p99_ns", quantiles.p99)
      add(name + "_p999_ns", quantiles.p999)
      add(name + "_p9999_ns", quantiles.p9999)
      add(name + "_max_ns", quantiles.max)
    }
  }

  /// The figures of the memory pass, above the baseline.
  mutating func add(_ report: MemoryReport, _ readings: MemoryReadings) {
    let baseline = readings.baseline
    func rss(_ sample: MemorySample) -> UInt64 { TimelineWriter.above(baseline.rssByteCount, sample.rssByteCount) }
    let highestSample = report.timeline.map(\.memory.rssByteCount).max() ?? 0
    let peakRSS = max(readings.peakRSSByteCount, highestSample)
    add("baseline_rss_bytes", baseline.rssByteCount)
    add("rss_start_bytes", rss(readings.loaded))
    add("rss_peak_bytes", TimelineWriter.above(baseline.rssByteCount, peakRSS))
    add("vmsize_peak_bytes", TimelineWriter.above(baseline.vmSizeByteCount, readings.peakVmSizeByteCount))
    add("rss_end_bytes", rss(readings.end))
    add("lazyfree_bytes", readings.end.lazyFreeByteCount)
    for (delay, memory) in readings.drained { add("rss_drained_\(delay)ms_bytes", rss(memory)) }
    guard let peak = report.peak else { return }
    add("hugepage_bytes", peak.memory.hugePageByteCount)
    add("live_peak_bytes", peak.liveByteCount)
    add("rss_at_live_peak_bytes", rss(peak.memory))
    if report.tellsUsableSize { add("usable_at_live_peak_bytes", peak.usableByteCount) }
    let (rssArea, liveArea) = Self.areas(report.timeline, baseline)
    add("rss_area", rssArea)
    add("live_area", liveArea)
  }

  /// Resident and live bytes, summed over the operations of the timeline by the trapezoid rule.
  private static func areas(_ timeline: [MemoryReport.Point], _ baseline: MemorySample) -> (rss: Double, live: Double) {
    var rssArea = 0.0
    var liveArea = 0.0
    for (former, next) in zip(timeline, timeline.dropFirst()) {
      let width = Double(next.operationCount) - Double(former.operationCount)
      func rss(_ point: MemoryReport.Point) -> Double {
        Double(TimelineWriter.above(baseline.rssByteCount, point.memory.rssByteCount))
      }
      rssArea += width * (rss(former) + rss(next)) / 2
      liveArea += width * (Double(former.liveByteCount) + Double(next.liveByteCount)) / 2
    }
    return (rssArea, liveArea)
  }
}
