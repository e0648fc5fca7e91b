// SPDX-License-Identifier: MIT

/// Stacks and what was counted for each: samples of processors as well as allocations.
///
/// The stacks are kept as a tree of calls, so that what many have in common is there once. Each node has one value for each
/// measure, which is what was counted while that node's frame was the innermost. Building is linear: finding the node of a
/// stack costs one look at a hash table for each frame that differs from the stack before.
///
/// Conservation: the sum of all nodes' values is the sum of what was added, in each measure.
public struct StackProfile: Sendable {
  struct Node: Sendable {
    var parent: UInt32
    /// `noFrame` in the root alone.
    var frame: UInt32
  }

  static let noFrame = UInt32.max

  public let measures: [ProfileMeasure]
  /// What the profile is of, in words.
  public var title = ""
  /// How long was looked; nil when nobody knows.
  public var durationNanoseconds: UInt64?
  /// The profiled program's clock when it began: nanoseconds since 1970; nil when nobody knows.
  public var beginNanoseconds: UInt64?

  public private(set) var frames: [StackFrame] = []
  private var frameIndexes: [StackFrame: UInt32] = [:]
  private(set) var nodes = [Node(parent: 0, frame: Self.noFrame)]
  /// The values of node n in measure m are at n * measures.count + m.
  private var nodeValues: [Int64]
  private var children = StackChildTable()
  private var recentStack: [FrameIndex] = []
  private var recentNodes: [UInt32] = []

  /// An empty profile of one measure or more.
  public init(measures: [ProfileMeasure]) {
    precondition(!measures.isEmpty, "a profile counts something")
    self.measures = measures
    nodeValues = [Int64](repeating: 0, count: measures.count)
  }

  /// Nodes of the tree, the root included.
  public var nodeCount: Int { nodes.count }

  /// The index of a frame, which becomes part of the profile.
  public mutating func index(of frame: StackFrame) -> FrameIndex {
    if let known = frameIndexes[frame] { return FrameIndex(position: known) }
    let position = UInt32(frames.count)
    frames.append(frame)
    frameIndexes[frame] = position
    return FrameIndex(position: position)
  }

  /// Counts a stack, outermost frame first: a value for each measure, in their order.
  public mutating func add(stack: [FrameIndex], values: [Int64]) {
    precondition(values.count == measures.count, "a value for each measure")
    let first = Int(node(of: stack).position) * measures.count
    for index in values.indices { nodeValues[first + index] += values[index] }
  }

  /// Counts a value in one measure at a node.
  public mutating func add(_ value: Int64, to node: StackNode, measure: Int = 0) {
    nodeValues[Int(node.position) * measures.count + measure] += value
  }

  /// Raises a measure that is not additive, such as a highest value, to a value at a node.
  public mutating func raise(to value: Int64, at node: StackNode, measure: Int) {
    let position = Int(node.position) * measures.count + measure
    nodeValues[position] = max(nodeValues[position], value)
  }

  /// The node of a stack, outermost frame first, which becomes part of the tree.
  public mutating func node(of stack: [FrameIndex]) -> StackNode {
    var depth = 0
    let common = min(stack.count, recentStack.count)
    while depth < common, stack[depth] == recentStack[depth] { depth += 1 }
    recentStack.removeSubrange(depth...)
    recentNodes.removeSubrange(depth...)
    var node = StackNode(position: recentNodes.last ?? 0)
    while depth < stack.count {
      node = child(of: node, calling: stack[depth])
      recentStack.append(stack[depth])
      recentNodes.append(node.position)
      depth += 1
    }
    return node
  }

  /// The node of a frame that a node calls, which becomes part of the tree.
  public mutating func child(of parent: StackNode, calling frame: FrameIndex) -> StackNode {
    let wanted = Node(parent: parent.position, frame: frame.position)
    if let known = children.find(wanted, in: nodes) { return StackNode(position: known) }
    precondition(frame.position < UInt32(frames.count), "a frame of this profile")
    let position = UInt32(nodes.count)
    nodes.append(wanted)
    for _ in measures.indices { nodeValues.append(0) }
    children.insert(position, in: nodes)
    return StackNode(position: position)
  }

  /// What was counted while the node's frame was the innermost.
  public func ownValue(of node: StackNode, measure: Int = 0) -> Int64 {
    nodeValues[Int(node.position) * measures.count + measure]
  }

  /// The node's frame; nil for the root.
  public func frame(of node: StackNode) -> StackFrame? {
    frameIndex(of: node).map { frames[Int($0.position)] }
  }

  public func frameIndex(of node: StackNode) -> FrameIndex? {
    let frame = nodes[Int(node.position)].frame
    return frame == Self.noFrame ? nil : FrameIndex(position: frame)
  }

  /// Who called the node; nil for the root.
  public func parent(of node: StackNode) -> StackNode? {
    node == .root ? nil : StackNode(position: nodes[Int(node.position)].parent)
  }

  /// The index of a measure; nil when the profile does not count it.
  public func index(of measure: ProfileMeasure) -> Int? { measures.firstIndex(of: measure) }
}
