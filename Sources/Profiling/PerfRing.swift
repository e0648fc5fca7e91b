// SPDX-License-Identifier: MIT

import CLinux
import Glibc

/// The memory that the kernel writes one processor's records into: a ring that it never overwrites before it was read.
final class PerfRing {
  let descriptor: Int32
  private let page: UnsafeMutablePointer<perf_event_mmap_page>
  private let byteCount: Int

  /// Takes over the descriptor of an event. An ordinary user may lock a limited number of pages (`perf_event_mlock_kb`), so
  /// smaller rings are tried when larger ones are refused.
  init(descriptor: Int32) throws(ProfilingError) {
    self.descriptor = descriptor
    let pageByteCount = Int(getpagesize())
    var pageCount = 128
    while pageCount >= 4 {
      if let page = linux_map_ring(descriptor, (pageCount + 1) * pageByteCount) {
        self.page = page
        byteCount = (pageCount + 1) * pageByteCount
        return
      }
      guard errno == EPERM || errno == ENOMEM else { break }
      pageCount /= 2
    }
    let failure = errno
    close(descriptor)
    throw .system(call: "mmap", path: "perf_event", errno: failure)
  }

  deinit {
    munmap(page, byteCount)
    close(descriptor)
  }

  /// Appends all records that are there, and gives their place back to the kernel.
  func drain(into bytes: inout [UInt8]) {
    let head = linux_ring_head(page)
    let tail = page.pointee.data_tail
    let ringByteCount = page.pointee.data_size
    guard head != tail, ringByteCount > 0 else { return }
    let data = UnsafeRawBufferPointer(
      start: UnsafeRawPointer(page) + Int(page.pointee.data_offset), count: Int(ringByteCount))
    let start = Int(tail % ringByteCount)
    let count = Int(min(head &- tail, ringByteCount))
    let firstCount = min(count, data.count - start)
    bytes += data[start..<start + firstCount]
    bytes += data[..<(count - firstCount)]
    linux_set_ring_tail(page, head)
  }
}
