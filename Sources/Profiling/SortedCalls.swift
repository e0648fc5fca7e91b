// SPDX-License-Identifier: MIT

/// The tree of a profile in an order that does not depend on that of the samples: what a node calls is sorted by the frames' names.
struct SortedCalls {
  /// The nodes that take part, ascending; empty when all do.
  private var members: [UInt32] = []
  /// What the n-th of the nodes calls is from `starts[n]` up to `starts[n + 1]`.
  private var starts: [UInt32] = []
  /// Places of nodes among those that take part.
  private var callees: [UInt32] = []

  /// - Parameter isMember: Whether a node takes part, by its position; one that is called by none that does, does not. The root
  ///   always does.
  init(_ profile: StackProfile, isMember: ((Int) -> Bool)? = nil) {
    let nodes = profile.tree.nodes
    if let isMember {
      members = [0]
      for position in nodes.indices.dropFirst() where isMember(position) {
        if place(of: nodes[position].parent) != nil { members.append(UInt32(position)) }
      }
    }
    let count = members.isEmpty ? nodes.count : members.count
    sort(count: count, nodes, ranks: Self.ranks(of: profile.frames))
  }

  private func position(_ place: UInt32) -> UInt32 { members.isEmpty ? place : members[Int(place)] }

  /// The place of a node; nil when it does not take part.
  private func place(of position: UInt32) -> UInt32? {
    if members.isEmpty { return position }
    var low = 0
    var high = members.count
    while low < high {
      let middle = (low + high) / 2
      if members[middle] < position { low = middle + 1 } else { high = middle }
    }
    return low < members.count && members[low] == position ? UInt32(low) : nil
  }

  /// Sorts by counting: by frame, and then, which keeps that order, by parent.
  private mutating func sort(count: Int, _ nodes: [CallTree.Node], ranks: [UInt32]) {
    var ends = [UInt32](repeating: 0, count: ranks.count + 1)
    for place in 1..<max(UInt32(count), 1) { ends[Int(ranks[Int(nodes[Int(position(place))].frame)])] += 1 }
    for index in ends.indices.dropFirst() { ends[index] += ends[index - 1] }
    var byFrame = [UInt32](repeating: 0, count: count - 1)
    for place in (1..<max(UInt32(count), 1)).reversed() {
      let rank = Int(ranks[Int(nodes[Int(position(place))].frame)])
      ends[rank] -= 1
      byFrame[Int(ends[rank])] = place
    }
    starts = [UInt32](repeating: 0, count: count + 1)
    callees = [UInt32](repeating: 0, count: count - 1)
    func parent(_ callee: UInt32) -> Int { Int(place(of: nodes[Int(position(callee))].parent) ?? 0) }
    for callee in byFrame { starts[parent(callee)] += 1 }
    for index in 1..<starts.count { starts[index] += starts[index - 1] }
    // From the last to the first, each bucket's end moves down to its start.
    for callee in byFrame.reversed() {
      let parent = parent(callee)
      starts[parent] -= 1
      callees[Int(starts[parent])] = callee
    }
  }

  /// Visits every node below the root that takes part: callers before what they call, in the order of the names.
  ///
  /// - Parameters:
  ///   - enter: Takes the node and its depth, 1 for what the root calls.
  ///   - leave: Called for each node after everything that it calls.
  func walk(enter: (StackNode, _ depth: Int) -> Void, leave: () -> Void = {}) {
    // Stacks may be deeper than this thread's own.
    var pending: [(next: UInt32, end: UInt32)] = [(starts[0], starts[1])]
    while let top = pending.last {
      guard top.next < top.end else {
        pending.removeLast()
        if !pending.isEmpty { leave() }
        continue
      }
      pending[pending.count - 1].next += 1
      let place = Int(callees[Int(top.next)])
      enter(StackNode(position: position(UInt32(place))), pending.count)
      pending.append((starts[place], starts[place + 1]))
    }
  }

  /// For each frame its place in the order of names.
  private static func ranks(of frames: [StackFrame]) -> [UInt32] {
    let order = frames.indices.sorted { first, second in
      let (one, other) = (frames[first], frames[second])
      if one.function != other.function { return one.function < other.function }
      if one.module.path != other.module.path { return one.module.path < other.module.path }
      return (one.address, one.origin.rawValue, first) < (other.address, other.origin.rawValue, second)
    }
    var ranks = [UInt32](repeating: 0, count: frames.count)
    for (rank, frame) in order.enumerated() { ranks[frame] = UInt32(rank) }
    return ranks
  }
}
