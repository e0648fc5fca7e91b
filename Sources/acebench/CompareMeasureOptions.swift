// SPDX-License-Identifier: MIT

import ArgumentParser

/// What a comparison that measures takes; one of results that are there needs none of it.
struct CompareMeasureOptions: ParsableArguments {
  @Option(
    help: "Whose cells are measured without -w: a gate's file (JSON5), workloads/gate.json5 unless named.",
    completion: .file(extensions: ["json5"]))
  var config: String?

  @Option(name: [.short, .long], help: "Threads of cells that do not say it.")
  var threads: Int?

  @Option(name: [.customShort("n"), .long], help: "The most rounds a cell may have (default 40).")
  var rounds: Int?

  @Option(help: "The seed of workloads and of the order of runs; drawn anew unless given.")
  var seed: UInt64?

  @Option(help: "Begin no new round after this long (default 10m).")
  var timeLimit: Duration?

  @Option(name: [.short, .long], help: "A new folder for the rows (default results/DATE-compare).")
  var output: String?

  /// The options that were given, for a comparison that has no use for them.
  var given: [String] {
    [
      ("--config", config != nil), ("--threads", threads != nil), ("--rounds", rounds != nil), ("--seed", seed != nil),
      ("--time-limit", timeLimit != nil), ("--output", output != nil),
    ].filter(\.1).map(\.0)
  }
}
