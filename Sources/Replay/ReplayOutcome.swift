// SPDX-License-Identifier: MIT

import Measurement

/// What the measured runs of a program came to.
public struct ReplayOutcome: Sendable {
  /// Wall time from the first operation to the end of the last thread, all measured runs together, without the pauses
  /// in which windows were read.
  public var elapsedNanoseconds: UInt64 = 0
  /// When the first measured stretch began and the last ended, as `Clock` counts; 0 when there was none.
  public var beginNanoseconds: UInt64 = 0
  public var endNanoseconds: UInt64 = 0
  /// Time of all threads in the program, waits for one another and pauses left out.
  public var busyNanoseconds: UInt64 = 0
  /// Time that threads waited for one another.
  public var waitNanoseconds: UInt64 = 0
  /// Calls of the allocator.
  public var operationCount: UInt64 = 0
  /// Bytes asked for.
  public var requestedByteCount: UInt64 = 0
  /// What the kernel charged for the same spans.
  public var usage: ResourceUsage?
}
