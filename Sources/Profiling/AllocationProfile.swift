// SPDX-License-Identifier: MIT

import Events
import Trace

/// Where a program allocates: what a recorded trace with stacks says of each of them.
public struct AllocationProfile: Sendable {
  /// Chosen: longer than a request of a server takes, shorter than anything that is kept on purpose.
  public static let defaultShortLifetimeNanoseconds: UInt64 = 1_000_000

  public let metadata: TraceMetadata
  public let recording: StackRecording
  public let stacks: StackTable
  /// How many allocations have stacks, and how good those are.
  public let counts: StackCounts
  /// Counted over all events.
  public let totals: AllocationTotals
  public let elapsedNanoseconds: UInt64
  /// Blocks freed or reallocated sooner are short-lived.
  public let shortLifetimeNanoseconds: UInt64
  /// Stacks that allocated, with stack 0 for what has none, and what is known of each. Where stacks are a sample, the values are
  /// estimates without bias for all allocations, each block standing for `StackRecording.weight(ofSize:)` blocks.
  public let valuesByStack: [(stack: UInt32, values: AllocationValues)]

  /// Reads a trace of any form.
  ///
  /// - Throws: `ProfilingError.traceWithoutStacks`, `TraceError`.
  public init(
    tracePath: String, shortLifetimeNanoseconds: UInt64 = Self.defaultShortLifetimeNanoseconds,
    progress: TraceConversion.Progress? = nil
  ) throws {
    let source = try TraceFile.open(path: tracePath)
    guard let recording = source.metadata.stackRecording else {
      throw ProfilingError.traceWithoutStacks(path: tracePath)
    }
    let counter = AllocationCounter(
      source.stacks, recording: recording, shortLifetimeNanoseconds: shortLifetimeNanoseconds)
    let (summary, counts) = try source.sendPlaced(to: counter, progress: progress)
    counter.finish()
    metadata = source.metadata
    self.recording = recording
    self.counts = counts
    stacks = source.stacks
    totals = counter.totals
    elapsedNanoseconds = summary.elapsedNanoseconds
    self.shortLifetimeNanoseconds = shortLifetimeNanoseconds
    valuesByStack = zip(counter.stacks, counter.values).map { ($0, $1) }
  }
}
