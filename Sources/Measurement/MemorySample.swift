// SPDX-License-Identifier: MIT

/// How much memory a process holds at a moment.
public struct MemorySample: BitwiseCopyable, Equatable, Sendable {
  /// Resident set size.
  public var rssByteCount: UInt64 = 0
  /// Address space in use.
  public var vmSizeByteCount: UInt64 = 0
  /// The part of RSS given up with MADV_FREE, which the kernel takes back when it needs to.
  public var lazyFreeByteCount: UInt64 = 0
  /// The part of RSS in transparent huge pages.
  public var hugePageByteCount: UInt64 = 0

  public init(vmSizeByteCount: UInt64) { self.vmSizeByteCount = vmSizeByteCount }
}
