// SPDX-License-Identifier: MIT

/// Stacks and what was counted for each: samples of processors as well as allocations.
///
/// The stacks are kept as a tree of calls. Each node has one value for each measure, which is what was counted while that
/// node's frame was the innermost. Building is linear: finding the node of a stack costs one look at a hash table for each
/// frame after those that the stack before had too.
///
/// Conservation: the sum of all nodes' values is the sum of what was added, in each measure.
public struct StackProfile: Sendable {
  public let measures: [ProfileMeasure]
  /// What the profile is of, such as the command, in words.
  public var title = ""
  /// Which process it is of; nil when there are several, or nobody knows.
  public var processIdentifier: Int32?
  /// How long was looked; nil when nobody knows.
  public var durationNanoseconds: UInt64?
  /// When, from the beginning, the program had most memory; nil for profiles that are not of allocations.
  public var peakNanoseconds: UInt64?
  /// When it began: nanoseconds since 1970; nil when nobody knows.
  public var beginNanoseconds: UInt64?
  /// Blocks that live shorter than this are short-lived; nil where they are not told apart.
  public var shortLifetimeNanoseconds: UInt64?

  public private(set) var frames: [StackFrame] = []
  private var frameIndexes: [StackFrame: UInt32] = [:]
  private(set) var tree = CallTree()
  /// The values of node n in measure m are at n * measures.count + m.
  private var nodeValues: [Int64]

  /// An empty profile of one measure or more.
  public init(measures: [ProfileMeasure]) {
    precondition(!measures.isEmpty, "a profile counts something")
    self.measures = measures
    nodeValues = [Int64](repeating: 0, count: measures.count)
  }

  /// The index of a measure; nil when the profile does not count it.
  public func index(of measure: ProfileMeasure) -> Int? { measures.firstIndex(of: measure) }

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
    let node = StackNode(position: tree.node(of: stack.lazy.map(\.position)))
    makeValues()
    return node
  }

  /// The node of a frame that a node calls, which becomes part of the tree.
  public mutating func child(of parent: StackNode, calling frame: FrameIndex) -> StackNode {
    precondition(frame.position < UInt32(frames.count), "a frame of this profile")
    let node = StackNode(position: tree.child(of: parent.position, calling: frame.position))
    makeValues()
    return node
  }

  private mutating func makeValues() {
    let missing = tree.count * measures.count - nodeValues.count
    if missing > 0 { nodeValues.append(contentsOf: repeatElement(0, count: missing)) }
  }

  /// Nodes of the tree, the root included.
  public var nodeCount: Int { tree.count }

  /// All nodes, each after the one that called it.
  public var nodes: some RandomAccessCollection<StackNode> {
    (0..<UInt32(nodeCount)).lazy.map { StackNode(position: $0) }
  }

  /// What was counted while the node's frame was the innermost.
  public func ownValue(of node: StackNode, measure: Int = 0) -> Int64 {
    nodeValues[Int(node.position) * measures.count + measure]
  }

  /// The node's frame; nil for the root.
  public func frame(of node: StackNode) -> StackFrame? {
    node == .root ? nil : frames[Int(tree.nodes[Int(node.position)].frame)]
  }

  /// Who called the node; nil for the root.
  public func parent(of node: StackNode) -> StackNode? {
    node == .root ? nil : StackNode(position: tree.nodes[Int(node.position)].parent)
  }
}
