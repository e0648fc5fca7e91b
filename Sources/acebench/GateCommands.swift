// SPDX-License-Identifier: MIT

import Comparison
import Experiments

/// Shows the workers of a gate as a shell would take them.
enum GateCommands {
  static func show(_ plan: GatePlan) throws {
    let worker = try WorkerLocation.path()
    for unit in plan.settings.units {
      Streams.writeOutput("# \(unit.cellIdentifier), \(unit.pass.rawValue) pass\n")
      for command in plan.commands(of: unit, worker: worker) { Streams.writeOutput(command.shellText + "\n") }
    }
  }
}
