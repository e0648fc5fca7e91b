// SPDX-License-Identifier: MIT

/// What a process told beside its row.
public struct RunDetails: Equatable, Sendable {
  /// The points of the memory pass; empty in the others.
  public var timeline: [TimelinePoint]
  /// What ACE told of itself; nil for other allocators.
  public var ace: ACEFigures?

  /// What lay on each NUMA node in the memory pass; empty when it was not read.
  public var nodes: [NodeMemory]

  public init(timeline: [TimelinePoint] = [], ace: ACEFigures? = nil, nodes: [NodeMemory] = []) {
    self.timeline = timeline
    self.nodes = nodes
    self.ace = ace
  }
}
