// SPDX-License-Identifier: MIT

import ArgumentParser

/// `acebench gate`
struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Decide whether a change made an allocator slower or larger; for CI.",
    discussion: """
      'acebench gate --base OLD --head NEW' is short for 'acebench gate run …'. It ends with 0 PASS, 10 REGRESS, 11 \
      INCONCLUSIVE, 12 INVALID (a control failed, or the machine changed), 70 when something could not be measured. \
      docs/ci.md shows it in CI.
      """,
    subcommands: [GateRunCommand.self, GateSelfTestCommand.self, GateCalibrateCommand.self],
    defaultSubcommand: GateRunCommand.self)
}
