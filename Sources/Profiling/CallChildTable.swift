// SPDX-License-Identifier: MIT

/// Finds nodes by their parent and frame: open addressing with linear probing. The nodes themselves hold the keys, so that an
/// entry is four bytes, 0 when it is free: the root is nobody's child.
struct CallChildTable: Sendable {
  private var entries = [UInt32](repeating: 0, count: 64)
  private var count = 0

  private func firstEntry(of node: CallTree.Node) -> Int {
    var hash = (UInt64(node.parent) << 32 | UInt64(node.frame)) &* 0x9e37_79b9_7f4a_7c15
    hash ^= hash >> 32
    hash = hash &* 0xd6e8_feb8_6659_fd93
    return Int(truncatingIfNeeded: hash >> 32) & (entries.count - 1)
  }

  /// The position of the node that is like `wanted`.
  func find(_ wanted: CallTree.Node, in nodes: [CallTree.Node]) -> UInt32? {
    var entry = firstEntry(of: wanted)
    while entries[entry] != 0 {
      let node = nodes[Int(entries[entry])]
      if node.parent == wanted.parent, node.frame == wanted.frame { return entries[entry] }
      entry = (entry + 1) & (entries.count - 1)
    }
    return nil
  }

  /// Takes in a node that is not in the table.
  mutating func insert(_ position: UInt32, in nodes: [CallTree.Node]) {
    count += 1
    if count * 3 > entries.count * 2 { grow(nodes) }
    place(position, nodes)
  }

  private mutating func place(_ position: UInt32, _ nodes: [CallTree.Node]) {
    var entry = firstEntry(of: nodes[Int(position)])
    while entries[entry] != 0 { entry = (entry + 1) & (entries.count - 1) }
    entries[entry] = position
  }

  private mutating func grow(_ nodes: [CallTree.Node]) {
    let known = entries
    entries = [UInt32](repeating: 0, count: known.count * 2)
    for position in known where position != 0 { place(position, nodes) }
  }
}
