// SPDX-License-Identifier: MIT

import Allocators
import CLinux
import Measurement

/// The latency pass: every call at a random distance of 1 to 32 from the last is timed, and beside each timed call an
/// empty stretch, which tells what the timing itself costs.
struct LatencyCalls: CallPath {
  private let functions: AllocatorFunctions
  private let histograms: UnsafePointer<LatencyHistograms>
  private var distance: UInt32 = 1
  private var random: UInt32

  init(_ functions: AllocatorFunctions, _ histograms: UnsafePointer<LatencyHistograms>, thread: UInt32) {
    self.functions = functions
    self.histograms = histograms
    random = (thread &+ 1) &* 0x9e37_79b9
  }

  @inline(__always)
  mutating func malloc(_ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer? {
    guard isSampled() else { return functions.malloc(byteCount) }
    let start = begin()
    let block = functions.malloc(byteCount)
    histograms.pointee.malloc.record(linux_timestamp_counter_ordered() &- start)
    return block
  }

  @inline(__always)
  mutating func calloc(_ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer? {
    guard isSampled() else { return functions.calloc(1, byteCount) }
    let start = begin()
    let block = functions.calloc(1, byteCount)
    histograms.pointee.malloc.record(linux_timestamp_counter_ordered() &- start)
    return block
  }

  @inline(__always)
  mutating func realloc(_ block: UnsafeMutableRawPointer?, _ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer? {
    guard isSampled() else { return functions.realloc(block, byteCount) }
    let start = begin()
    let moved = functions.realloc(block, byteCount)
    histograms.pointee.realloc.record(linux_timestamp_counter_ordered() &- start)
    return moved
  }

  @inline(__always)
  mutating func aligned(_ alignment: Int, _ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer? {
    guard isSampled() else { return functions.alignedAlloc(alignment, byteCount) }
    let start = begin()
    let block = functions.alignedAlloc(alignment, byteCount)
    histograms.pointee.malloc.record(linux_timestamp_counter_ordered() &- start)
    return block
  }

  @inline(__always)
  mutating func free(_ block: UnsafeMutableRawPointer?, slot: Int) {
    guard isSampled() else { return functions.free(block) }
    let start = begin()
    functions.free(block)
    histograms.pointee.free.record(linux_timestamp_counter_ordered() &- start)
  }

  @inline(__always)
  private mutating func isSampled() -> Bool {
    distance &-= 1
    guard distance == 0 else { return false }
    // xorshift32, Marsaglia, Journal of Statistical Software 8 (14), 2003.
    random ^= random << 13
    random ^= random >> 17
    random ^= random << 5
    distance = 1 + (random & 31)
    return true
  }

  /// Times an empty stretch for the control, then begins the real one.
  @inline(__always)
  private func begin() -> UInt64 {
    let start = linux_timestamp_counter_ordered()
    histograms.pointee.control.record(linux_timestamp_counter_ordered() &- start)
    return linux_timestamp_counter_ordered()
  }
}
