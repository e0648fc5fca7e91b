// SPDX-License-Identifier: MIT

import CLinux
import Glibc

/// How the kernel is asked for samples.
///
/// Source: perf_event_open(2), and `linux/perf_event.h`.
struct PerfAttributes {
  var event: SampledEvent
  /// Samples a second on each processor.
  var frequency: UInt64
  /// The kernel's own frames and its time are seen; not everybody may see them.
  var hasKernel = true
  /// Sampling begins with the next `exec` of the process; otherwise at once.
  var beginsAtExec: Bool

  /// What a sample says, in this order: address, process and thread, time, period, stack. All other records end with the
  /// process, the thread and the time.
  static let sampleType =
    UInt64(PERF_SAMPLE_IP.rawValue) | UInt64(PERF_SAMPLE_TID.rawValue) | UInt64(PERF_SAMPLE_TIME.rawValue)
    | UInt64(PERF_SAMPLE_PERIOD.rawValue) | UInt64(PERF_SAMPLE_CALLCHAIN.rawValue)

  /// A ring is to be read when it is filled so far.
  static let wakeupByteCount: UInt32 = 64 << 10

  private var structure: perf_event_attr {
    var structure = perf_event_attr()
    structure.size = UInt32(MemoryLayout<perf_event_attr>.size)
    switch event {
    case .cycles:
      structure.type = UInt32(PERF_TYPE_HARDWARE.rawValue)
      structure.config = UInt64(PERF_COUNT_HW_CPU_CYCLES.rawValue)
    case .processorClock:
      structure.type = UInt32(PERF_TYPE_SOFTWARE.rawValue)
      structure.config = UInt64(PERF_COUNT_SW_CPU_CLOCK.rawValue)
    }
    structure.freq = 1
    structure.sample_freq = frequency
    structure.sample_type = Self.sampleType
    structure.disabled = 1
    structure.enable_on_exec = beginsAtExec ? 1 : 0
    structure.inherit = 1
    structure.exclude_kernel = hasKernel ? 0 : 1
    structure.exclude_callchain_kernel = hasKernel ? 0 : 1
    structure.exclude_hv = 1
    structure.mmap = 1
    structure.mmap2 = 1
    structure.comm = 1
    structure.comm_exec = 1
    structure.task = 1
    structure.sample_id_all = 1
    // The clock of `Clock`, so that the span of a measurement can be cut out.
    structure.use_clockid = 1
    structure.clockid = CLOCK_MONOTONIC
    structure.watermark = 1
    structure.wakeup_watermark = Self.wakeupByteCount
    return structure
  }

  /// Opens the event on one processor for a process, or for the calling thread when that is 0; a descriptor, or nil with `errno`.
  func open(process: pid_t, processor: Int32) -> Int32? {
    var structure = structure
    let descriptor = linux_open_sampling(&structure, process, processor)
    return descriptor >= 0 ? descriptor : nil
  }
}
