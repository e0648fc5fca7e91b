// SPDX-License-Identifier: MIT

import Experiments
import Results

extension FailureWords {
  /// Of NUMA nodes that are not there, or cannot be had.
  static func describeNode(_ error: ExperimentError) -> Failure {
    switch error {
    case .unknownNode(let number, let nodes):
      let known = nodes.isEmpty ? ["the kernel has no NUMA, or forbids its use: all there is counts as node 0"] : []
      return Failure(
        error: "there is no NUMA node \(number)", notes: known + nodes.map { "there is " + $0.words }, status: .usage)
    case .noNodeMemory(let number, let isAllowed):
      return Failure(
        error: "NUMA node \(number) has no memory" + (isAllowed ? "" : " for this process"),
        help: isAllowed
          ? ["--numa-policy local runs on it with the memory of others"]
          : ["a control group keeps it away: see Mems_allowed_list in /proc/self/status"], status: .usage)
    default:
      return Failure(
        error: "memory is to be bound to a NUMA node, and none is named", help: ["name one: --numa-node 0"],
        status: .usage)
    }
  }
}
