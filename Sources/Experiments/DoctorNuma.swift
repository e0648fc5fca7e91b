// SPDX-License-Identifier: MIT

import Results

/// What the doctor says of a machine's NUMA nodes.
enum DoctorNuma {
  private static let check = "NUMA"

  /// - Parameters:
  ///   - topology: Nil where the kernel has no NUMA, or forbids its use.
  ///   - balancing: What `/proc/sys/kernel/numa_balancing` says; empty without the file.
  static func findings(_ topology: NumaTopology?, balancing: String) -> [Doctor.Finding] {
    guard let topology else {
      return [
        Doctor.Finding(
          check: check, verdict: .good,
          finding: "the kernel has none, or forbids its use here: --numa-node and --numa-policy change nothing")
      ]
    }
    guard topology.nodes.count > 1 else {
      return topology.nodes.map { node in
        Doctor.Finding(
          check: check, verdict: .good,
          finding: "one \(node.words): --numa-node and --numa-policy change nothing")
      }
    }
    let summary = Doctor.Finding(
      check: check, verdict: .doubtful,
      finding: "\(topology.nodes.count) nodes: a process may run on one with its memory on another",
      remedy: "--numa-node \(topology.memoryNodes.first { !$0.processors.isEmpty }?.number ?? 0) keeps workers on one")
    let nodes = topology.nodes.map { node in
      Doctor.Finding(check: check, verdict: .good, finding: node.words + distances(of: node, in: topology))
    }
    guard balancing != "", balancing != "0" else { return [summary] + nodes }
    let moves = Doctor.Finding(
      check: check, verdict: .doubtful, finding: "the kernel moves pages between nodes while programs run",
      remedy: "echo 0 | sudo tee /proc/sys/kernel/numa_balancing")
    return [summary, moves] + nodes
  }

  /// ", distance 21 to node 1, 31 to node 2", of those that the firmware tells.
  private static func distances(of node: NumaTopology.Node, in topology: NumaTopology) -> String {
    let others = zip(topology.nodes, node.distances).filter { other, distance in
      other.number != node.number && distance > 0
    }
    guard !others.isEmpty else { return "" }
    return ", distance " + others.map { "\($1) to node \($0.number)" }.joined(separator: ", ")
  }
}
