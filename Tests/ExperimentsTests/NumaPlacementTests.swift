// SPDX-License-Identifier: MIT

import Measurement
import Results
import Testing

@testable import Experiments

@Suite("Workers on NUMA nodes")
struct NumaPlacementTests {
  static let one = NumaTopology(nodes: [node(0, [0, 1], mebibytes: 2048, distances: [10])])
  /// Two ordinary nodes, one of memory alone, one of processors alone, and one that a control group keeps away.
  static let five = NumaTopology(nodes: [
    node(0, [0, 1, 2, 3], mebibytes: 1000, distances: [10, 21, 14, 21, 0]),
    node(1, [4, 5, 8], mebibytes: 1000, distances: [21, 10, 24, 21, 0]),
    node(2, [], mebibytes: 4000, distances: [14, 24, 10, 31, 0]),
    node(3, [6], mebibytes: 0, distances: [21, 21, 31, 10, 0]),
    node(7, [7], mebibytes: 1000, distances: [0, 0, 0, 0, 10], isAllowed: false),
  ])

  static func node(
    _ number: Int, _ processors: [Int], mebibytes: UInt64, distances: [Int], isAllowed: Bool = true
  ) -> NumaTopology.Node {
    NumaTopology.Node(
      number: number, processors: processors, memoryByteCount: mebibytes << 20, distances: distances,
      isAllowed: isAllowed)
  }

  private func placement(
    _ topology: NumaTopology?, node: Int? = nil, policy: String? = nil, processors: [Int] = []
  ) throws -> NumaPlacement {
    var description = ExperimentDescription()
    description.numaNode = node
    description.numaPolicy = policy
    description.processors = processors
    return try NumaPlacement(description, topology: topology)
  }

  @Test("nothing asked for binds nothing, and several nodes are told apart")
  func nothing() throws {
    for topology in [nil, Self.one, Self.five] {
      let placement = try placement(topology)
      #expect(placement.binding == ProcessBinding())
      #expect(placement.node == nil)
      #expect(placement.remarks == [])
      #expect(placement.readsNodes == (topology == Self.five))
    }
    #expect(try placement(Self.five, processors: [6]).binding == ProcessBinding(processors: [6]))
  }

  @Test("a node gives processors and memory, and named processors come first")
  func node() throws {
    let bound = NumaPolicy(.bind, nodes: [1])
    #expect(try placement(Self.five, node: 1).binding == ProcessBinding(processors: [4, 5, 8], policy: bound))
    let remote = try placement(Self.five, node: 1, policy: "bind", processors: [0])
    #expect(remote.binding == ProcessBinding(processors: [0], policy: bound))
    #expect(remote.node == 1)
    #expect(remote.remarks == [])
    let memoryAlone = try placement(Self.five, node: 2)
    #expect(memoryAlone.binding == ProcessBinding(policy: NumaPolicy(.bind, nodes: [2])))
    #expect(memoryAlone.remarks == ["NUMA node 2 has no processors: workers run on any"])
  }

  @Test("interleaving takes the nodes whose memory can be had, local none")
  func others() throws {
    let interleaved = try placement(Self.five, policy: "interleave")
    #expect(interleaved.binding == ProcessBinding(policy: NumaPolicy(.interleave, nodes: [0, 1, 2])))
    #expect(interleaved.node == nil)
    let local = try placement(Self.five, node: 3, policy: "local")
    #expect(local.binding == ProcessBinding(processors: [6], policy: NumaPolicy(.local, nodes: [])))
  }

  @Test("on one node, and without any, it says that nothing changes")
  func idle() throws {
    let only = try placement(Self.one, node: 0, policy: "interleave")
    #expect(
      only.remarks == ["this machine has one NUMA node: --numa-node 0 with --numa-policy interleave changes nothing"])
    #expect(only.binding.policy == NumaPolicy(.interleave, nodes: [0]))
    #expect(only.readsNodes)
    let none = try placement(nil, node: 0, processors: [1])
    #expect(none.remarks == ["the kernel has no NUMA, or forbids its use here: --numa-node 0 changes nothing"])
    #expect(none.binding == ProcessBinding(processors: [1]))
    #expect(none.node == nil)
  }

  @Test("what cannot be had is refused")
  func refusals() {
    #expect(throws: ExperimentError.unknownNode(4, known: Self.five.nodes)) { try placement(Self.five, node: 4) }
    #expect(throws: ExperimentError.unknownNode(-1, known: Self.one.nodes)) { try placement(Self.one, node: -1) }
    #expect(throws: ExperimentError.unknownNode(1, known: [])) { try placement(nil, node: 1) }
    #expect(throws: ExperimentError.noNodeMemory(3, isAllowed: true)) { try placement(Self.five, node: 3) }
    #expect(throws: ExperimentError.noNodeMemory(7, isAllowed: false)) { try placement(Self.five, node: 7) }
    for topology in [nil, Self.one, Self.five] {
      #expect(throws: ExperimentError.missingNode) { try placement(topology, policy: "bind") }
    }
    #expect(
      throws: ExperimentError.unknownWord(
        setting: "numaPolicy", word: "near", known: ["bind", "interleave", "local"])
    ) {
      try placement(Self.five, policy: "near")
    }
  }

  @Test("the doctor tells nodes, distances, and that the kernel moves pages")
  func doctor() {
    func findings(_ topology: NumaTopology?, _ balancing: String) -> [String] {
      DoctorNuma.findings(topology, balancing: balancing).map { "\($0.verdict) \($0.finding)" }
    }
    #expect(
      findings(nil, "") == [
        "good the kernel has none, or forbids its use here: --numa-node and --numa-policy change nothing"
      ])
    #expect(
      findings(Self.one, "1") == [
        "good one node 0: processors 0-1, 2048 MiB: --numa-node and --numa-policy change nothing"
      ])
    let nodes = [
      "good node 0: processors 0-3, 1000 MiB, distance 21 to node 1, 14 to node 2, 21 to node 3",
      "good node 1: processors 4-5,8, 1000 MiB, distance 21 to node 0, 24 to node 2, 21 to node 3",
      "good node 2: no processors, 4000 MiB, distance 14 to node 0, 24 to node 1, 31 to node 3",
      "good node 3: processors 6, no memory, distance 21 to node 0, 21 to node 1, 31 to node 2",
      "good node 7: processors 7, 1000 MiB, which this process may not use",
    ]
    let summary = "doubtful 5 nodes: a process may run on one with its memory on another"
    #expect(findings(Self.five, "0") == [summary] + nodes)
    #expect(
      findings(Self.five, "1") == [summary, "doubtful the kernel moves pages between nodes while programs run"] + nodes)
  }
}
