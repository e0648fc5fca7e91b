// SPDX-License-Identifier: MIT

import Allocators
import Results

/// An arm of a plan: what is recorded of it, and what its workers are told.
public struct PlannedArm: Sendable {
  public var arm: Arm
  public var allocator: Allocator
  public var library: Library
  /// How much longer each of its runs is made to take, as a fraction; 0 for an arm that is measured as it is.
  public var slowdown = 0.0
}
