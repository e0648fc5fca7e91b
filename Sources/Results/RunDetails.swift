// SPDX-License-Identifier: MIT

/// What a process told beside its row.
public struct RunDetails: Equatable, Sendable {
  /// The points of the memory pass; empty in the others.
  public var timeline: [TimelinePoint]
  /// What ACE told of itself; nil for other allocators.
  public var ace: ACEFigures?

  public init(timeline: [TimelinePoint] = [], ace: ACEFigures? = nil) {
    self.timeline = timeline
    self.ace = ace
  }
}
