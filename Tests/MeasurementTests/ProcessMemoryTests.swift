// SPDX-License-Identifier: MIT

import Glibc
import Testing

@testable import Measurement

@Suite("The memory of a process", .serialized)
struct ProcessMemoryTests {
  private static let byteCount = 256 << 20

  private func map() throws -> UnsafeMutableRawPointer {
    let flags = MAP_PRIVATE | Int32(MAP_ANONYMOUS)
    let address = mmap(nil, Self.byteCount, PROT_READ | PROT_WRITE, flags, -1, 0)
    return try #require(address != MAP_FAILED ? address : nil)
  }

  @Test("a mapping counts as address space when it is made, and as resident when it is touched")
  func touched() throws {
    let memory = ProcessMemory()
    let before = memory.sample()
    let mapping = try map()
    let mapped = memory.sample()
    memset(mapping, 1, Self.byteCount)
    let touched = memory.sample()
    let peak = memory.peakRSSByteCount()
    let peakVmSize = memory.peakVmSizeByteCount()
    munmap(mapping, Self.byteCount)
    let after = memory.sample()
    // Other tests of this process hold little, but not nothing.
    let slack: UInt64 = 96 << 20
    let size = UInt64(Self.byteCount)
    #expect(mapped.vmSizeByteCount + slack >= before.vmSizeByteCount + size)
    #expect(mapped.rssByteCount < before.rssByteCount + slack)
    #expect(touched.rssByteCount + slack >= before.rssByteCount + size)
    #expect(after.rssByteCount + size <= touched.rssByteCount + slack)
    #expect(peak + slack >= touched.rssByteCount)
    #expect(peakVmSize >= mapped.vmSizeByteCount)
  }

  @Test("what was given up lazily shows as that")
  func lazyFree() throws {
    let memory = ProcessMemory()
    let mapping = try map()
    memset(mapping, 1, Self.byteCount)
    let before = memory.sample()
    let isAccepted = madvise(mapping, Self.byteCount, Int32(MADV_FREE)) == 0
    let after = memory.sample()
    munmap(mapping, Self.byteCount)
    if isAccepted { #expect(after.lazyFreeByteCount >= before.lazyFreeByteCount + 128 << 20) }
  }

  @Test("the peak begins anew after a reset")
  func resetPeak() throws {
    let memory = ProcessMemory()
    let mapping = try map()
    memset(mapping, 1, Self.byteCount)
    munmap(mapping, Self.byteCount)
    let before = memory.peakRSSByteCount()
    memory.resetPeak()
    let after = memory.peakRSSByteCount()
    #expect(after + 128 << 20 <= before)
  }
}

@Suite("A file of /proc")
struct ProcessFileTests {
  @Test(
    "is read by the label at a line's beginning",
    arguments: [("VmHWM:", 12), ("VmPeak:", 345), ("Rss:", nil), ("Peak:", nil), ("Last:", 7)] as [(String, UInt64?)])
  func values(label: String, expected: UInt64?) {
    let text = "Name:\tx\nVmPeak:\t     345 kB\nVmHWM:  12 kB\nRss:\nLast: 7"
    let file = ProcessFile("status")
    let labels: [String: StaticString] = [
      "VmHWM:": "VmHWM:", "VmPeak:": "VmPeak:", "Rss:": "Rss:", "Peak:": "Peak:", "Last:": "Last:",
    ]
    guard let name = labels[label] else { preconditionFailure("no label \(label)") }
    let value = Array(text.utf8).withUnsafeBytes { file.value(after: name, in: $0) }
    #expect(value == expected)
  }

  @Test("that does not exist reads as empty")
  func missing() {
    let file = ProcessFile("no-such-file")
    let isEmpty = file.read().isEmpty
    #expect(isEmpty)
  }
}
