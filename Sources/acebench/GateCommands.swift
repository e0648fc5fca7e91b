// SPDX-License-Identifier: MIT

import Comparison
import Experiments

/// Shows the workers of a gate as a shell would take them.
enum GateCommands {
  static func show(_ plan: GatePlan) throws {
    let worker = try WorkerLocation.path()
    for unit in plan.settings.units {
      Streams.writeOutput("# \(unit.cellIdentifier), \(unit.pass.rawValue) pass\n")
      let roles = plan.settings.roles(of: unit, stage: .screen)
      for (role, command) in zip(roles, plan.commands(of: unit, worker: worker)) {
        // What is copied for a gate is gone when it ends.
        let words = role == .baseCopy ? "base-copy, whose library is copied anew for each gate" : role.rawValue
        Streams.writeOutput("\(command.shellText)  # \(words)\n")
      }
    }
  }
}
