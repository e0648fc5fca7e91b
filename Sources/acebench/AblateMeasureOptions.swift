// SPDX-License-Identifier: MIT

import ArgumentParser
import Experiments
import Results

/// What an ablation that measures takes; options that are left out keep what the file says.
struct AblateMeasureOptions: ParsableArguments {
  @Option(help: "The profile that everything is held against: full, balanced, conservative (default full).")
  var base: String?

  @Option(
    name: .customLong("switch"),
    help:
      "Change this setting only: a name for all its values, or name=value[,value]; knobs need a value. Repeat for more."
  )
  var switches: [String] = []

  @Flag(help: "Measure every combination of the settings of --switch, two to five, and how each two go together.")
  var factorial = false

  @Option(
    help: "Whose workloads, threads and rounds hold where none are given: a sweep's file, workloads/ablation.json5.",
    completion: .file(extensions: ["json5"]))
  var config: String?

  @Option(name: [.short, .long], help: "Thread counts, such as 1,2,4 or 1..8.")
  var threads: NumberList?

  @Option(name: [.customShort("n"), .long], help: "Rounds of the time pass: processes of every arm.")
  var rounds: Int?

  @Option(help: "Rounds of the memory pass; 0 for none. Memory scatters less.")
  var memoryRounds: Int?

  @Option(help: "The seed of workloads and of the order of runs.")
  var seed: UInt64?

  @Option(help: "Begin no new round after this long, such as 10m.")
  var timeLimit: Duration?

  @Option(help: "Take a single process to hang after this long.")
  var timeout: Duration?

  @Option(help: "Processors to run workers on, such as 0,2 or 0..3.")
  var cpus: NumberList?

  @OptionGroup var numa: NumaOptions

  @Option(help: "max, or original: pause where the recorded program did.")
  var speed: MeasureOptions.Speed?

  /// The options that were given, for an ablation that has no use for them.
  ///
  /// - Parameter isResumed: Whether those are left out that only make an ablation longer or shorter.
  func given(isResumed: Bool) -> [String] {
    let plan = [
      ("--base", base != nil), ("--switch", !switches.isEmpty), ("--factorial", factorial), ("--config", config != nil),
      ("--threads", threads != nil), ("--seed", seed != nil), ("--cpus", cpus != nil),
      ("--numa-node", numa.node != nil), ("--numa-policy", numa.policy != nil), ("--speed", speed != nil),
    ]
    let length = [
      ("--rounds", rounds != nil), ("--memory-rounds", memoryRounds != nil), ("--time-limit", timeLimit != nil),
      ("--timeout", timeout != nil),
    ]
    return (plan + (isResumed ? [] : length)).filter(\.1).map(\.0)
  }

  /// Puts what was given in place of what the experiment says.
  func override(_ experiment: inout ExperimentDescription) throws {
    if let threads {
      try MeasureOptions.require("--threads", threads.numbers.min() ?? 0, atLeast: 1)
      experiment.threads = threads.numbers
    }
    if let rounds {
      try MeasureOptions.require("--rounds", rounds, atLeast: 0)
      experiment.rounds[Pass.time.rawValue] = rounds
    }
    if let memoryRounds {
      try MeasureOptions.require("--memory-rounds", memoryRounds, atLeast: 0)
      experiment.rounds[Pass.memory.rawValue] = memoryRounds
    }
    experiment.rounds[Pass.latency.rawValue] = nil
    if let seed { experiment.seed = seed }
    if let timeLimit { experiment.timeLimitSeconds = timeLimit.seconds }
    if let timeout { experiment.processTimeLimitSeconds = timeout.seconds }
    if let speed { experiment.originalSpeed = speed == .original }
    if let cpus { experiment.processors = cpus.numbers }
    try numa.override(&experiment)
  }
}
