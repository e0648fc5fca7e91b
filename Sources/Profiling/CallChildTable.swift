// SPDX-License-Identifier: MIT

/// Finds nodes by their parent and frame: open addressing with linear probing. The nodes themselves hold the keys, so that an
/// entry is four bytes; a byte of the hash beside each spares most looks at nodes that are not the wanted one.
struct CallChildTable: Sendable {
  /// 0 where an entry is free: the root is nobody's child.
  private var entries = [UInt32](repeating: 0, count: 64)
  /// 0 where an entry is free.
  private var tags = [UInt8](repeating: 0, count: 64)
  private var count = 0

  private static func hash(_ node: CallTree.Node) -> UInt64 {
    var hash = (UInt64(node.parent) << 32 | UInt64(node.frame)) &* 0x9e37_79b9_7f4a_7c15
    hash ^= hash >> 32
    return hash &* 0xd6e8_feb8_6659_fd93
  }

  private static func tag(_ hash: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: hash >> 56) | 1 }

  /// The position of the node that is like `wanted`.
  func find(_ wanted: CallTree.Node, in nodes: [CallTree.Node]) -> UInt32? {
    let hash = Self.hash(wanted)
    let tag = Self.tag(hash)
    var entry = Int(truncatingIfNeeded: hash >> 20) & (tags.count - 1)
    while tags[entry] != 0 {
      if tags[entry] == tag {
        let node = nodes[Int(entries[entry])]
        if node.parent == wanted.parent, node.frame == wanted.frame { return entries[entry] }
      }
      entry = (entry + 1) & (tags.count - 1)
    }
    return nil
  }

  /// Takes in the newest node, which is not in the table.
  mutating func insertLast(of nodes: [CallTree.Node]) {
    count += 1
    if count * 4 > tags.count * 3 {
      let entryCount = tags.count * 2
      // Freed before the new ones are made.
      entries = []
      tags = []
      entries = [UInt32](repeating: 0, count: entryCount)
      tags = [UInt8](repeating: 0, count: entryCount)
      for position in 1..<(nodes.count - 1) { place(UInt32(position), nodes) }
    }
    place(UInt32(nodes.count - 1), nodes)
  }

  private mutating func place(_ position: UInt32, _ nodes: [CallTree.Node]) {
    let hash = Self.hash(nodes[Int(position)])
    var entry = Int(truncatingIfNeeded: hash >> 20) & (tags.count - 1)
    while tags[entry] != 0 { entry = (entry + 1) & (tags.count - 1) }
    entries[entry] = position
    tags[entry] = Self.tag(hash)
  }
}
