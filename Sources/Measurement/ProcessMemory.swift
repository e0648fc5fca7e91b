// SPDX-License-Identifier: MIT

import Glibc

/// Reads how much memory this process holds, without allocating.
public struct ProcessMemory: ~Copyable {
  private let rollup = ProcessFile("smaps_rollup")
  private let status = ProcessFile("status")
  private let statm = ProcessFile("statm")
  private let pageByteCount: UInt64

  public init() {
    pageByteCount = UInt64(max(sysconf(Int32(_SC_PAGESIZE)), 1))
  }

  /// What is held now. RSS comes from `smaps_rollup`, which walks the page tables and is exact; the counters behind
  /// `statm` may lag by some hundred kilobytes on kernels before 6.17, and serve only where there is no `smaps_rollup`.
  public func sample() -> MemorySample {
    let counters = statm.read()
    let virtualPageCount = ProcessFile.number(in: counters, from: 0) ?? 0
    var sample = MemorySample(vmSizeByteCount: virtualPageCount * pageByteCount)
    let text = rollup.read()
    if let resident = rollup.value(after: "Rss:", in: text) {
      sample.rssByteCount = resident << 10
      sample.lazyFreeByteCount = (rollup.value(after: "LazyFree:", in: text) ?? 0) << 10
      sample.hugePageByteCount = (rollup.value(after: "AnonHugePages:", in: text) ?? 0) << 10
    } else {
      var offset = 0
      while offset < counters.count, counters[offset] != UInt8(ascii: " ") { offset += 1 }
      sample.rssByteCount = (ProcessFile.number(in: counters, from: offset) ?? 0) * pageByteCount
    }
    return sample
  }

  /// The highest RSS since `resetPeak` (`VmHWM`), in bytes.
  public func peakRSSByteCount() -> UInt64 {
    (status.value(after: "VmHWM:", in: status.read()) ?? 0) << 10
  }

  /// The highest address space size since the process began (`VmPeak`), in bytes.
  public func peakVmSizeByteCount() -> UInt64 {
    (status.value(after: "VmPeak:", in: status.read()) ?? 0) << 10
  }

  /// Lets the peak of RSS begin anew at what is held now (`/proc/self/clear_refs`, value 5, see proc(5)).
  public func resetPeak() {
    let descriptor = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = write(descriptor, "5", 1)
    close(descriptor)
  }
}
