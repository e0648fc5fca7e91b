// SPDX-License-Identifier: MIT

import Measurement
import Replay

/// Writes the timeline of the memory pass, a line a point.
enum TimelineWriter {
  static func write(_ timeline: [MemoryReport.Point], baseline: MemorySample) {
    for point in timeline {
      var line = JSONLine()
      line.add("op_index", point.operationCount)
      line.add("elapsed_ns", point.elapsedNanoseconds)
      line.add("live_bytes", point.liveByteCount)
      line.add("rss_bytes", above(baseline.rssByteCount, point.memory.rssByteCount))
      line.add("vmsize_bytes", above(baseline.vmSizeByteCount, point.memory.vmSizeByteCount))
      line.add("lazyfree_bytes", point.memory.lazyFreeByteCount)
      line.write()
    }
  }

  /// What lies above a baseline, which other parts of the process may since have gone below.
  static func above(_ baseline: UInt64, _ value: UInt64) -> UInt64 { value > baseline ? value - baseline : 0 }
}
