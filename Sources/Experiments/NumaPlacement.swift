// SPDX-License-Identifier: MIT

import Measurement
import Results

/// Where an experiment's workers run and have their memory from, held against the nodes that this machine has.
public struct NumaPlacement: Equatable, Sendable {
  public let binding: ProcessBinding
  /// The node that the experiment names; nil without one, and where nothing can be bound.
  public let node: Int?
  /// Whether memory passes read on which nodes memory lies: on one node that is known, unless it shall be shown.
  public let readsNodes: Bool
  /// What of the experiment's wishes changes nothing here, for people.
  public let remarks: [String]

  /// - Parameter topology: Nil where the kernel has no NUMA, or forbids its use.
  public init(_ description: ExperimentDescription, topology: NumaTopology?) throws(ExperimentError) {
    let mode = try Self.mode(description)
    let wish = Self.words(description)
    guard let topology else {
      if let node = description.numaNode, node != 0 { throw .unknownNode(node, known: []) }
      binding = ProcessBinding(processors: description.processors)
      node = nil
      readsNodes = false
      remarks = wish.isEmpty ? [] : ["the kernel has no NUMA, or forbids its use here: \(wish) changes nothing"]
      return
    }
    let node = try description.numaNode.map { number throws(ExperimentError) in try Self.node(number, topology) }
    var remarks: [String] = []
    var processors = description.processors
    if let node, processors.isEmpty {
      processors = node.processors
      if node.processors.isEmpty { remarks.append("NUMA node \(node.number) has no processors: workers run on any") }
    }
    let policy = try mode.map { mode throws(ExperimentError) in try Self.policy(mode, node, topology) }
    if !wish.isEmpty, topology.nodes.count == 1 {
      remarks.append("this machine has one NUMA node: \(wish) changes nothing")
    }
    binding = ProcessBinding(processors: processors, policy: policy)
    self.node = node?.number
    readsNodes = topology.nodes.count > 1 || policy != nil
    self.remarks = remarks
  }

  /// A node without a policy is bound to.
  private static func mode(_ description: ExperimentDescription) throws(ExperimentError) -> NumaPolicy.Mode? {
    guard let word = description.numaPolicy else { return description.numaNode == nil ? nil : .bind }
    guard let mode = NumaPolicy.Mode(rawValue: word) else {
      throw .unknownWord(setting: "numaPolicy", word: word, known: NumaPolicy.Mode.allCases.map(\.rawValue))
    }
    if mode == .bind, description.numaNode == nil { throw .missingNode }
    return mode
  }

  private static func node(_ number: Int, _ topology: NumaTopology) throws(ExperimentError) -> NumaTopology.Node {
    guard let node = topology.nodes.first(where: { $0.number == number }) else {
      throw .unknownNode(number, known: topology.nodes)
    }
    return node
  }

  private static func policy(
    _ mode: NumaPolicy.Mode, _ node: NumaTopology.Node?, _ topology: NumaTopology
  ) throws(ExperimentError) -> NumaPolicy {
    switch mode {
    case .local: return NumaPolicy(.local, nodes: [])
    case .interleave: return NumaPolicy(.interleave, nodes: topology.memoryNodes.map(\.number))
    case .bind:
      guard let node else { throw .missingNode }
      guard topology.memoryNodes.contains(node) else {
        throw .noNodeMemory(node.number, isAllowed: node.isAllowed)
      }
      return NumaPolicy(.bind, nodes: [node.number])
    }
  }

  /// What the experiment asks for, as options.
  private static func words(_ description: ExperimentDescription) -> String {
    let node = description.numaNode.map { ["--numa-node \($0)"] } ?? []
    let policy = description.numaPolicy.map { ["--numa-policy \($0)"] } ?? []
    return (node + policy).joined(separator: " with ")
  }
}
