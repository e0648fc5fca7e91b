// SPDX-License-Identifier: MIT

/// Who called whom: a tree in which what many stacks have in common is there once. Frames are numbers, whatever they stand for.
struct CallTree: Sendable {
  struct Node: Sendable {
    var parent: UInt32
    /// `noFrame` in the root alone.
    var frame: UInt32
  }

  static let noFrame = UInt32.max

  /// The root is the first; a node comes after its parent.
  private(set) var nodes = [Node(parent: 0, frame: Self.noFrame)]
  private var children = CallChildTable()
  /// The stack that was looked for last, and its nodes: the next one often begins in the same way.
  private var recentStack: [UInt32] = []
  private var recentNodes: [UInt32] = []

  var count: Int { nodes.count }

  /// The node of a stack, outermost frame first, which becomes part of the tree.
  mutating func node(of stack: some RandomAccessCollection<UInt32>) -> UInt32 {
    var depth = 0
    var node: UInt32 = 0
    var isRecent = true
    for frame in stack {
      if isRecent, depth < recentStack.count, recentStack[depth] == frame {
        node = recentNodes[depth]
      } else {
        if isRecent {
          recentStack.removeSubrange(depth...)
          recentNodes.removeSubrange(depth...)
          isRecent = false
        }
        node = child(of: node, calling: frame)
        recentStack.append(frame)
        recentNodes.append(node)
      }
      depth += 1
    }
    return node
  }

  /// The node of a frame that a node calls, which becomes part of the tree.
  mutating func child(of parent: UInt32, calling frame: UInt32) -> UInt32 {
    let wanted = Node(parent: parent, frame: frame)
    if let known = children.find(wanted, in: nodes) { return known }
    let position = UInt32(nodes.count)
    nodes.append(wanted)
    children.insertLast(of: nodes)
    return position
  }
}
