// SPDX-License-Identifier: MIT

import CLinux
import Glibc

/// Reads on which NUMA nodes this process's resident memory lies, without allocating.
///
/// From `/proc/self/numa_maps`: the kernel walks the page tables, as it does for `smaps_rollup`, and neither moves nor touches a
/// page. move_pages(2) tells the same, but wants to be given every page's address.
public struct NumaMemory: ~Copyable {
  /// What was resident at a moment, in bytes, by node; room for `NumaPolicy.nodeLimit` nodes. It stays until the process ends.
  public typealias Reading = UnsafeMutablePointer<UInt64>

  private let descriptor: Int32
  private let text: UnsafeMutableRawBufferPointer
  private let linePageCounts: Reading
  private static let textByteCount = 16 << 10

  /// Nil without the file, as on kernels without NUMA, or without memory.
  public init?() {
    let descriptor = open("/proc/self/numa_maps", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    guard let text = linux_map_anonymous(Self.textByteCount, Int32(MAP_POPULATE)), let linePageCounts = Self.reading()
    else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    self.text = UnsafeMutableRawBufferPointer(start: text, count: Self.textByteCount)
    self.linePageCounts = linePageCounts
  }

  deinit {
    close(descriptor)
    munmap(text.baseAddress, text.count)
    munmap(linePageCounts, Self.readingByteCount)
  }

  private static var readingByteCount: Int { NumaPolicy.nodeLimit * MemoryLayout<UInt64>.stride }

  /// Room for a reading, touched and all zero; nil without memory.
  public static func reading() -> Reading? {
    linux_map_anonymous(readingByteCount, Int32(MAP_POPULATE))?
      .bindMemory(to: UInt64.self, capacity: NumaPolicy.nodeLimit)
  }

  /// Replaces a reading by what is resident now.
  public func read(into reading: Reading) {
    reading.update(repeating: 0, count: NumaPolicy.nodeLimit)
    var scanner = NumaMapsScanner(byteCounts: reading, linePageCounts: linePageCounts)
    var offset = 0
    while true {
      let count = pread(descriptor, text.baseAddress, text.count, offset)
      guard count > 0 else { break }
      scanner.scan(UnsafeRawBufferPointer(rebasing: text[..<count]))
      offset += count
    }
    scanner.finish()
  }
}
