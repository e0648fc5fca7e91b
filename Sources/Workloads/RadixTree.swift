// SPDX-License-Identifier: MIT

/// A tree whose nodes and child arrays are blocks of the program under measurement.
struct RadixTree {
  private struct Child {
    var branch: Int32
    var node: Int32
  }

  private struct Node {
    var block: UInt64 = 0
    /// The block of the child array, 0 when there is none.
    var childArray: UInt64 = 0
    var childCapacity = 0
    var children: [Child] = []
    var parent: Int32 = 0
    /// The place among the leaves, -1 for a node with children.
    var leafIndex: Int32 = -1
    var lastUse = 0
  }

  /// The node above all others, which has no block of its own and is never evicted.
  static let root = 0
  private static let childSize = 8
  private static let smallestCapacity = 4
  /// Leaves looked at to find one that was not used for long, as caches do that keep no list of all uses.
  private static let evictionSampleCount = 8

  private var nodes = [Node()]
  private var vacant: [Int32] = []
  private var leaves: [Int32] = []
  private var time = 0
  /// Nodes without the root.
  private(set) var nodeCount = 0
  /// Calls of the allocator so far.
  private(set) var operationCount = 0

  func child(of node: Int, branch: Int) -> Int? {
    for child in nodes[node].children where child.branch == branch { return Int(child.node) }
    return nil
  }

  /// Notes that a node was used.
  mutating func use(_ node: Int) {
    time += 1
    nodes[node].lastUse = time
  }

  mutating func addChild(
    of parent: Int, branch: Int, size: Int, by thread: UInt32, _ emitter: inout WorkloadEmitter
  ) throws -> Int {
    if nodes[parent].children.count == nodes[parent].childCapacity {
      try resizeChildren(
        of: parent, capacity: max(Self.smallestCapacity, nodes[parent].childCapacity * 2), by: thread, &emitter)
    }
    let node = makeNode(block: try emitter.malloc(size, by: thread), parent: parent)
    operationCount += 1
    nodeCount += 1
    nodes[parent].children.append(Child(branch: Int32(branch), node: Int32(node)))
    if nodes[parent].leafIndex >= 0 { removeLeaf(parent) }
    addLeaf(node)
    return node
  }

  /// Takes away the least recently used of a few leaves; there must be one.
  mutating func evictLeaf(_ random: inout SplitMix64, by thread: UInt32, _ emitter: inout WorkloadEmitter) throws {
    var victim = Int(leaves[random.uniform(below: leaves.count)])
    for _ in 1..<Self.evictionSampleCount {
      let candidate = Int(leaves[random.uniform(below: leaves.count)])
      if nodes[candidate].lastUse < nodes[victim].lastUse { victim = candidate }
    }
    removeLeaf(victim)
    try emitter.free(nodes[victim].block, by: thread)
    operationCount += 1
    nodeCount -= 1
    vacant.append(Int32(victim))
    try removeChild(victim, of: Int(nodes[victim].parent), by: thread, &emitter)
  }

  private mutating func removeChild(
    _ child: Int, of parent: Int, by thread: UInt32, _ emitter: inout WorkloadEmitter
  ) throws {
    nodes[parent].children.removeAll { $0.node == child }
    let count = nodes[parent].children.count
    if count == 0 {
      try emitter.free(nodes[parent].childArray, by: thread)
      operationCount += 1
      nodes[parent].childArray = 0
      nodes[parent].childCapacity = 0
      if parent != Self.root { addLeaf(parent) }
    } else if nodes[parent].childCapacity > Self.smallestCapacity, count * 4 <= nodes[parent].childCapacity {
      try resizeChildren(of: parent, capacity: nodes[parent].childCapacity / 2, by: thread, &emitter)
    }
  }

  private mutating func resizeChildren(
    of node: Int, capacity: Int, by thread: UInt32, _ emitter: inout WorkloadEmitter
  ) throws {
    if nodes[node].childArray == 0 {
      nodes[node].childArray = try emitter.malloc(capacity * Self.childSize, by: thread)
    } else {
      try emitter.realloc(nodes[node].childArray, capacity * Self.childSize, by: thread)
    }
    nodes[node].childCapacity = capacity
    operationCount += 1
  }

  private mutating func makeNode(block: UInt64, parent: Int) -> Int {
    let node: Int
    if let reused = vacant.popLast() {
      node = Int(reused)
    } else {
      node = nodes.count
      nodes.append(Node())
    }
    nodes[node].block = block
    nodes[node].parent = Int32(parent)
    return node
  }

  private mutating func addLeaf(_ node: Int) {
    nodes[node].leafIndex = Int32(leaves.count)
    leaves.append(Int32(node))
  }

  private mutating func removeLeaf(_ node: Int) {
    let index = Int(nodes[node].leafIndex)
    nodes[node].leafIndex = -1
    let last = leaves.removeLast()
    guard index < leaves.count else { return }
    leaves[index] = last
    nodes[Int(last)].leafIndex = Int32(index)
  }
}
