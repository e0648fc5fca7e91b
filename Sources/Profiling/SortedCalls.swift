// SPDX-License-Identifier: MIT

/// The tree of a profile in an order that does not depend on that of the samples: what a node calls is sorted by the frames' names.
struct SortedCalls {
  /// The positions of what node n calls are from `starts[n]` up to `starts[n + 1]`.
  private var starts: [UInt32]
  private var callees: [UInt32]

  init(_ profile: StackProfile) {
    let nodes = profile.tree.nodes
    let ranks = Self.ranks(of: profile.frames)
    // Sorted by counting, first by frame and then, which keeps that order, by parent.
    let byFrame = Self.counted(1..<UInt32(nodes.count), keyCount: ranks.count) { Int(ranks[Int(nodes[Int($0)].frame)]) }
    starts = [UInt32](repeating: 0, count: nodes.count + 1)
    for node in nodes.dropFirst() { starts[Int(node.parent) + 1] += 1 }
    for position in nodes.indices { starts[position + 1] += starts[position] }
    callees = [UInt32](repeating: 0, count: nodes.count - 1)
    var next = starts
    for position in byFrame {
      let parent = Int(nodes[Int(position)].parent)
      callees[Int(next[parent])] = position
      next[parent] += 1
    }
  }

  /// What a node calls.
  subscript(of node: StackNode) -> some RandomAccessCollection<StackNode> {
    let position = Int(node.position)
    return callees[Int(starts[position])..<Int(starts[position + 1])].lazy.map { StackNode(position: $0) }
  }

  /// Visits every node below the root: callers before what they call, in the order of the names. A node at which `enter` is false
  /// is left out with all that it calls.
  ///
  /// - Parameters:
  ///   - enter: Takes the node and its depth, 1 for what the root calls.
  ///   - leave: Takes the depth of each node that was entered, after everything that it calls.
  func walk(enter: (StackNode, Int) -> Bool, leave: (Int) -> Void = { _ in }) {
    // Stacks may be deeper than this thread's own.
    var pending: [(next: UInt32, end: UInt32)] = [(starts[0], starts[1])]
    while let top = pending.last {
      guard top.next < top.end else {
        pending.removeLast()
        if !pending.isEmpty { leave(pending.count) }
        continue
      }
      pending[pending.count - 1].next += 1
      let node = callees[Int(top.next)]
      if enter(StackNode(position: node), pending.count) {
        pending.append((starts[Int(node)], starts[Int(node) + 1]))
      }
    }
  }

  /// For each frame its place in the order of names.
  private static func ranks(of frames: [StackFrame]) -> [UInt32] {
    let order = frames.indices.sorted { first, second in
      let (one, other) = (frames[first], frames[second])
      if one.function != other.function { return one.function < other.function }
      if one.module.path != other.module.path { return one.module.path < other.module.path }
      return first < second
    }
    var ranks = [UInt32](repeating: 0, count: frames.count)
    for (rank, frame) in order.enumerated() { ranks[frame] = UInt32(rank) }
    return ranks
  }

  private static func counted(_ values: Range<UInt32>, keyCount: Int, key: (UInt32) -> Int) -> [UInt32] {
    var next = [UInt32](repeating: 0, count: keyCount + 1)
    for value in values { next[key(value) + 1] += 1 }
    for index in 0..<keyCount { next[index + 1] += next[index] }
    var sorted = [UInt32](repeating: 0, count: values.count)
    for value in values {
      let place = key(value)
      sorted[Int(next[place])] = value
      next[place] += 1
    }
    return sorted
  }
}
