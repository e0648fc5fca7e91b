// SPDX-License-Identifier: MIT

import CACE

/// A part of the span, of which a beginning is committed: may be read and written. It shrinks only when memory runs out.
struct Region {
  /// Whether the span is reserved, so that committing replaces what is there.
  nonisolated(unsafe) static var isReserved = false

  private(set) var start: UInt = 0
  private(set) var byteCount: UInt = 0
  /// Written under the span's lock.
  private(set) var committedByteCount: UInt = 0
  /// Of these, bytes that are cut out.
  private(set) var cutByteCount: UInt = 0

  init() {}
  init(start: UInt, byteCount: UInt) {
    self.start = start
    self.byteCount = byteCount
  }

  @inline(__always) func contains(_ address: UInt) -> Bool { address &- start < byteCount }

  /// Commits at least the first `needed` bytes; false when the region or the system has no more.
  ///
  /// Steps grow with what is committed, so that a program of n bytes makes O(log n) calls. A step that is refused is tried
  /// again at its least, because a limit on the process may leave room for that.
  mutating func commit(_ needed: UInt, step: UInt) -> Bool {
    if needed <= committedByteCount { return true }
    guard needed <= byteCount else { return false }
    // Chosen: 64 MiB at most, half as much again as is committed.
    let generous = committedByteCount &+ min(committedByteCount / 2, 64 << 20)
    let wanted = min(Layout.roundUp(max(needed, generous), to: step), byteCount)
    return extend(to: wanted) || extend(to: min(Layout.roundUp(needed, to: step), byteCount))
  }

  /// Gives what is beyond the first `kept` bytes back, addresses and all; whether that was anything.
  mutating func shrink(to kept: UInt) -> Bool {
    guard kept < committedByteCount, unmap(kept, committedByteCount &- kept) else { return false }
    committedByteCount = kept
    return true
  }

  /// Gives a part back, addresses and all.
  mutating func cut(_ offset: UInt, _ byteCount: UInt) -> Bool {
    guard unmap(offset, byteCount) else { return false }
    cutByteCount &+= byteCount
    return true
  }

  /// Commits a part that was cut out.
  mutating func mend(_ offset: UInt, _ byteCount: UInt) -> Bool {
    guard map(offset, byteCount) else { return false }
    cutByteCount &-= byteCount
    return true
  }

  private mutating func extend(to end: UInt) -> Bool {
    guard map(committedByteCount, end &- committedByteCount) else { return false }
    committedByteCount = end
    return true
  }

  private func map(_ offset: UInt, _ byteCount: UInt) -> Bool {
    let first = UnsafeMutableRawPointer(bitPattern: start &+ offset)
    // What somebody else has mapped there is not replaced.
    let flags = Self.isReserved ? Int32(MAP_FIXED) : Int32(ACE_MAP_FIXED_NOREPLACE)
    guard let memory = ace_map(first, Int(byteCount), PROT_READ | PROT_WRITE, flags) else { return false }
    if memory == first { return true }
    // Kernels before 4.17 take the address for a hint.
    munmap(memory, Int(byteCount))
    return false
  }

  private func unmap(_ offset: UInt, _ byteCount: UInt) -> Bool {
    let first = UnsafeMutableRawPointer(bitPattern: start &+ offset).unsafelyUnwrapped
    if Self.isReserved {
      return ace_map(first, Int(byteCount), PROT_NONE, Int32(MAP_FIXED | MAP_NORESERVE)) != nil
    }
    return munmap(first, Int(byteCount)) == 0
  }
}
