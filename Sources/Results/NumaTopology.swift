// SPDX-License-Identifier: MIT

/// The NUMA nodes of a machine, as libnuma tells them.
public struct NumaTopology: Codable, Equatable, Sendable {
  /// Processors and memory that are near one another.
  public struct Node: Codable, Equatable, Sendable {
    public var number: Int
    /// Those that are online; empty for a node of memory alone.
    public var processors: [Int]
    /// 0 for a node of processors alone.
    public var memoryByteCount: UInt64
    /// To every node of the topology, in its order: 10 to itself, and as many times that as an access takes longer. 0 where
    /// the firmware does not tell.
    public var distances: [Int]
    /// Whether this process may have memory of the node (cpusets, see cpuset(7)).
    public var isAllowed: Bool

    public init(number: Int, processors: [Int], memoryByteCount: UInt64, distances: [Int], isAllowed: Bool) {
      self.number = number
      self.processors = processors
      self.memoryByteCount = memoryByteCount
      self.distances = distances
      self.isAllowed = isAllowed
    }

    enum CodingKeys: String, CodingKey {
      case number = "node"
      case processors
      case memoryByteCount = "memory_bytes"
      case distances
      case isAllowed = "allowed"
    }
  }

  /// By number, rising; never empty.
  public var nodes: [Node]

  public init(nodes: [Node]) { self.nodes = nodes }

  /// The nodes that this process may have memory of.
  public var memoryNodes: [Node] { nodes.filter { $0.isAllowed && $0.memoryByteCount > 0 } }
}
