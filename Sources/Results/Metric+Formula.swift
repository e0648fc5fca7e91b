// SPDX-License-Identifier: MIT

extension Metric {
  /// How the number comes about, in a sentence or two.
  public var formula: String {
    switch self {
    case .operationsCount:
      "Calls of the allocator in the measured span: malloc, calloc, realloc, aligned allocation and free count one "
        + "each."
    case .elapsed: "Wall time of the measured span, from the first thread's first operation to the last thread's last."
    case .throughput: "Operations / wall time of the measured span."
    case .throughputPerCPU: "Operations / (user + system time of the measured span)."
    case .grossPerOperation:
      "Sum over replay threads of (time from the thread's start to its end - its sync_wait_ns) / operations. It "
        + "contains the replay loop and the touching of blocks."
    case .netPerOperation: "ns_per_op - ns_per_op of the allocator `null` in the same cell and round."
    case .bandwidth: "Bytes asked for / wall time of the measured span."
    case .latencyControlP50: "Median of the latencies that the clock shows for no call at all."
    case .latencyControlP99: "99th percentile of the latencies that the clock shows for no call at all."
    case .residentPeak:
      "Highest resident set (VmHWM of the process, or the highest sample of the timeline) - the baseline read before "
        + "the first operation."
    case .virtualPeak: "Highest VmSize - the baseline."
    case .residentStart:
      "Resident set just before the first operation - the baseline: what loading the allocator costs. 0 for one that was "
        + "there before the baseline: the C library's, or a preloaded one."
    case .residentEnd: "Resident set when every block has been freed - the baseline: what the allocator keeps."
    case .residentDrained100Milliseconds: "Resident set 100 ms after every block was freed - the baseline."
    case .residentDrained1Second: "Resident set 1 s after every block was freed - the baseline."
    case .residentDrained5Seconds: "Resident set 5 s after every block was freed - the baseline."
    case .lazyFree:
      "Bytes that MADV_FREE gave back but the kernel has not taken yet (LazyFree of smaps_rollup) when every block has "
        + "been freed; they still count as resident."
    case .hugePages: "AnonHugePages of smaps_rollup at the operation where requested bytes are live at their highest."
    case .livePeak: "Requested bytes live at their highest: what an ideal allocator would need."
    case .fragmentation:
      "(Resident set - baseline) / live requested bytes, at the operation where live requested bytes peak. Empty when "
        + "less than 4 MiB were live then."
    case .internalFragmentation:
      "Usable / requested bytes of the blocks live at the peak of live bytes. Empty when the allocator does not tell "
        + "how much of a block is usable."
    case .memoryEfficiencyArea:
      "Integral of the resident set above the baseline over operations / integral of live requested bytes: "
        + "fragmentation over the whole run instead of at one point."
    case .minorFaults: "Page faults of the measured span that needed no disk."
    case .majorFaults: "Page faults of the measured span that waited for a disk."
    case .voluntarySwitches: "Times a thread gave up its CPU in the measured span, to wait for something."
    case .involuntarySwitches: "Times a thread lost its CPU to another in the measured span."
    case .userTime: "User time of the process in the measured span."
    case .systemTime: "System time of the process in the measured span."
    case .syncWait: "Sum over replay threads of the time spent waiting for one another; not part of ns_per_op."
    default: latencyFormula
    }
  }

  private var latencyFormula: String {
    guard let (call, percentile) = latencyPercentile else { return "" }
    let statistic =
      percentile == "max"
      ? "The longest of the sampled calls of \(call)."
      : "\(Self.percent(percentile)) % of the sampled calls of \(call) took no longer."
    return statistic
      + " Empty unless latency_control_p50_ns is at most 5 % of it, or it lies above latency_control_p99_ns."
  }

  /// "p999" says 99.9.
  private static func percent(_ percentile: Substring) -> String {
    let digits = percentile.dropFirst()
    return digits.count <= 2 ? String(digits) : "\(digits.prefix(2)).\(digits.dropFirst(2))"
  }
}
