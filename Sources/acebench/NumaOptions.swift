// SPDX-License-Identifier: MIT

import ArgumentParser
import Experiments
import Measurement

/// On which NUMA node workers run, and from which they have their memory.
struct NumaOptions: ParsableArguments {
  @Option(
    name: .customLong("numa-node"),
    help: "The NUMA node that workers run on, unless --cpus says otherwise, and have their memory from.")
  var node: Int?

  @Option(
    name: .customLong("numa-policy"),
    help: "Where workers' memory comes from: bind (--numa-node alone), interleave (all nodes in turn), local.")
  var policy: String?

  /// Puts what was given in place of what the experiment says.
  func override(_ experiment: inout ExperimentDescription) throws {
    if let node { experiment.numaNode = node }
    if let policy {
      let words = NumaPolicy.Mode.allCases.map(\.rawValue)
      experiment.numaPolicy = try MeasureOptions.choice("--numa-policy", policy, words)
    }
  }

  /// Says what of it changes nothing on this machine.
  static func showRemarks(_ plan: Plan) {
    for remark in plan.placement.remarks { Diagnostic.note(remark) }
  }
}
