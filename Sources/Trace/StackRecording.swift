// SPDX-License-Identifier: MIT

import Glibc

/// How the stacks of a trace were recorded.
public struct StackRecording: Equatable, Sendable {
  /// Which allocations have one.
  public enum Kind: UInt8, Sendable {
    /// Those that have a byte of a sample of all bytes asked for; see `StackRecording.weight(ofSize:)`.
    case sampled = 1
    case all = 2
  }

  public enum Method: UInt8, Sendable {
    /// The chain of frame pointers, which functions compiled without them are missing from.
    case framePointers = 1
    /// libunwind.
    case unwinding = 2
  }

  public var kind: Kind
  public var method: Method
  /// Innermost frames that were kept.
  public var depth: UInt32
  /// Bytes between two that were chosen, on average; of no meaning unless `kind` is `sampled`.
  public var intervalByteCount: UInt64
  /// Unwinds by libunwind whose time was taken, and how long they took; 0 where there were none.
  public var unwoundCount: UInt64 = 0
  public var unwoundNanoseconds: UInt64 = 0
  /// Where stacks were taken in another way than was asked for, and why, a line each.
  public var remarks: [String] = []

  public init(kind: Kind, method: Method, depth: UInt32, intervalByteCount: UInt64) {
    self.kind = kind
    self.method = method
    self.depth = depth
    self.intervalByteCount = intervalByteCount
  }

  /// How many blocks of a size one with a stack stands for.
  ///
  /// A block of s bytes has a chosen byte among them with probability 1 − exp(−s / interval), and is counted by the
  /// inverse of that before anything is summed up, so that every sum over blocks with stacks has the expectation of the same sum
  /// over all blocks (Horvitz and Thompson 1952; jemalloc's `doc_internal/PROFILING_INTERNALS.md` compares it with scaling
  /// sums, which is biased where sizes are mixed). A block of no bytes counts as one byte, as it does for the recorder.
  public func weight(ofSize size: UInt64) -> Double {
    guard kind == .sampled, intervalByteCount > 0 else { return 1 }
    return 1 / -expm1(-Double(max(size, 1)) / Double(intervalByteCount))
  }
}
