// SPDX-License-Identifier: MIT

/// Which frame of a profile; frames are counted in the order in which they were first met.
public struct FrameIndex: Hashable, Sendable {
  let position: UInt32
}
