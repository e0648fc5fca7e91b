// SPDX-License-Identifier: MIT

/// What is measured of a process: one case per metric column, in the order of the columns. The raw value is the
/// column's name.
public enum Metric: String, CaseIterable, Sendable {
  case operationsCount = "operations_count"
  case elapsed = "elapsed_ns"
  case throughput = "throughput_ops_per_s"
  case throughputPerCPU = "throughput_ops_per_cpu_s"
  case grossPerOperation = "ns_per_op"
  case netPerOperation = "net_ns_per_op"
  case bandwidth = "bandwidth_bytes_per_s"

  case mallocP50 = "malloc_p50_ns"
  case mallocP90 = "malloc_p90_ns"
  case mallocP99 = "malloc_p99_ns"
  case mallocP999 = "malloc_p999_ns"
  case mallocP9999 = "malloc_p9999_ns"
  case mallocMaximum = "malloc_max_ns"
  case freeP50 = "free_p50_ns"
  case freeP90 = "free_p90_ns"
  case freeP99 = "free_p99_ns"
  case freeP999 = "free_p999_ns"
  case freeP9999 = "free_p9999_ns"
  case freeMaximum = "free_max_ns"
  case reallocP50 = "realloc_p50_ns"
  case reallocP90 = "realloc_p90_ns"
  case reallocP99 = "realloc_p99_ns"
  case reallocP999 = "realloc_p999_ns"
  case reallocP9999 = "realloc_p9999_ns"
  case reallocMaximum = "realloc_max_ns"
  case latencyControlP50 = "latency_control_p50_ns"
  case latencyControlP99 = "latency_control_p99_ns"

  case residentPeak = "rss_peak_bytes"
  case virtualPeak = "vmsize_peak_bytes"
  case residentStart = "rss_start_bytes"
  case residentEnd = "rss_end_bytes"
  case residentDrained100Milliseconds = "rss_drained_100ms_bytes"
  case residentDrained1Second = "rss_drained_1s_bytes"
  case residentDrained5Seconds = "rss_drained_5s_bytes"
  case lazyFree = "lazyfree_bytes"
  case hugePages = "hugepage_bytes"
  case livePeak = "live_peak_bytes"
  case fragmentation = "fragmentation_ratio"
  case internalFragmentation = "internal_fragmentation_ratio"
  case memoryEfficiencyArea = "memory_efficiency_area"

  case minorFaults = "minor_faults_count"
  case majorFaults = "major_faults_count"
  case voluntarySwitches = "voluntary_switches_count"
  case involuntarySwitches = "involuntary_switches_count"
  case userTime = "user_ns"
  case systemTime = "system_ns"
  case syncWait = "sync_wait_ns"

  /// The name of the column.
  public var column: String { rawValue }
}
