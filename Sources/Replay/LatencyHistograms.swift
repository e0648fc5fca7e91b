// SPDX-License-Identifier: MIT

import Measurement

/// The durations of sampled calls in ticks of the time stamp counter, one histogram a kind.
struct LatencyHistograms: ~Copyable {
  /// malloc, calloc and aligned allocations.
  let malloc: LatencyHistogram
  let free: LatencyHistogram
  let realloc: LatencyHistogram
  /// Empty stretches: what timing costs.
  let control: LatencyHistogram

  /// Empty histograms, or nil when there is no memory for them.
  init?() {
    guard let malloc = LatencyHistogram(), let free = LatencyHistogram(), let realloc = LatencyHistogram(),
      let control = LatencyHistogram()
    else { return nil }
    self.malloc = malloc
    self.free = free
    self.realloc = realloc
    self.control = control
  }

  /// Forgets what was recorded; no thread may be recording.
  func reset() {
    malloc.reset()
    free.reset()
    realloc.reset()
    control.reset()
  }
}
