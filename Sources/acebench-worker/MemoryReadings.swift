// SPDX-License-Identifier: MIT

import Measurement

/// What the process held before the program ran and after it, read in the order in which that has to happen.
struct MemoryReadings {
  /// With all of the harness in place and no allocator loaded.
  let baseline: MemorySample
  /// With the allocator loaded, before its first call.
  let loaded: MemorySample
  /// Right after the last block was freed.
  let end: MemorySample
  let peakRSSByteCount: UInt64
  let peakVmSizeByteCount: UInt64
  /// What was held some time after the end.
  let drained: [(delayMilliseconds: Int, memory: MemorySample)]

  /// Reads the end now and the rest when its time has come.
  init(
    baseline: MemorySample, loaded: MemorySample, memory: borrowing ProcessMemory, drainDelaysMilliseconds: [Int]
  ) {
    self.baseline = baseline
    self.loaded = loaded
    end = memory.sample()
    peakRSSByteCount = memory.peakRSSByteCount()
    peakVmSizeByteCount = memory.peakVmSizeByteCount()
    let endNanoseconds = Clock.nowNanoseconds()
    var drained: [(delayMilliseconds: Int, memory: MemorySample)] = []
    for delay in drainDelaysMilliseconds {
      Clock.sleep(untilNanoseconds: endNanoseconds + UInt64(delay) * 1_000_000)
      drained.append((delay, memory.sample()))
    }
    self.drained = drained
  }
}
