// SPDX-License-Identifier: MIT

/// How many allocations of a trace have stacks, and of which quality.
public struct StackCounts: Equatable, Sendable {
  /// Nodes of the tree of all stacks.
  public var distinctCount: UInt64 = 0
  /// Allocations with a stack.
  public var allocationCount: UInt64 = 0
  /// Those of them whose stack had more frames than were kept.
  public var truncatedCount: UInt64 = 0
  /// Those of them whose stack could not be walked.
  public var failedCount: UInt64 = 0

  public init() {}
}
