// SPDX-License-Identifier: MIT

import Measurement
import Replay

/// On which NUMA nodes the process's memory lay before the allocator was loaded, where most was live, and at the end.
struct NodeReadings: ~Copyable {
  private let memory: NumaMemory
  private let baseline: NumaMemory.Reading
  private let end: NumaMemory.Reading

  /// Nil when the settings do not ask for them, and where the kernel does not tell.
  init?(_ settings: ReplaySettings) {
    guard settings.readsNodes, settings.pass == .memory, let memory = NumaMemory(),
      let baseline = NumaMemory.reading(), let end = NumaMemory.reading()
    else { return nil }
    self.memory = memory
    self.baseline = baseline
    self.end = end
  }

  /// Reads what the process holds without an allocator.
  func readBaseline() { memory.read(into: baseline) }

  /// Reads what is left.
  func readEnd() { memory.read(into: end) }

  /// Writes a line for each node on which anything lay, above the baseline.
  func write(atLivePeak peak: NumaMemory.Reading?) {
    for node in 0..<NumaPolicy.nodeLimit {
      guard baseline[node] > 0 || end[node] > 0 || (peak?[node] ?? 0) > 0 else { continue }
      var line = JSONLine()
      line.add("numa_node", UInt64(node))
      if let peak { line.add("rss_at_live_peak_bytes", TimelineWriter.above(baseline[node], peak[node])) }
      line.add("rss_end_bytes", TimelineWriter.above(baseline[node], end[node]))
      line.write()
    }
  }
}
