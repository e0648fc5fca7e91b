// SPDX-License-Identifier: MIT

import Results

/// An arm, and what it is held against.
public struct ComparedArms: Hashable, Sendable {
  public var base: Arm
  public var candidate: Arm

  public init(base: Arm, candidate: Arm) {
    self.base = base
    self.candidate = candidate
  }
}
