// SPDX-License-Identifier: MIT

/// A place in the tree of a profile's stacks. A node comes after the one that called it.
public struct StackNode: Hashable, Sendable {
  let position: UInt32

  /// The caller of all: it has no frame, and what was sampled without a stack is its own.
  public static let root = StackNode(position: 0)
}
