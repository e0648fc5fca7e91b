// SPDX-License-Identifier: MIT

import ArgumentParser
import Comparison
import Experiments

/// What the gate's commands share. Options that are left out keep what the gate's file says.
struct GateOptions: ParsableArguments {
  @Option(
    help: "The gate's file (JSON5): cells, metrics, margins; workloads/gate.json5 unless named.",
    completion: .file(extensions: ["json5"]))
  var config: String?

  @Option(
    name: [.customShort("w"), .customLong("workload")],
    help: "A workload with its parameters, or a trace, instead of the file's cells. Repeat for more.")
  var workloads: [String] = []

  @Option(name: [.short, .long], help: "Threads of cells that do not say it.")
  var threads: Int?

  @Option(
    name: .customLong("metric"),
    help: "What is judged: \(GateMetric.allCases.map(\.rawValue).joined(separator: ", ")). Repeat for more.")
  var metrics: [String] = []

  @Option(help: "The largest loss that is accepted, as a fraction (default 0.02).")
  var tolerate: Double?

  @Option(help: "The smallest loss that must be excluded for a pass, as a fraction (default 0.05).")
  var detect: Double?

  @Option(help: "random, or mirrored: each arm twice a round, where the place in the round matters.")
  var order: String?

  @Flag(inversion: .prefixedNo, help: "A copy of the base and a slowed base run along in the first cell.")
  var controls: Bool?

  @Option(help: "The seed of workloads and of the order of runs; drawn anew unless given.")
  var seed: UInt64?

  @Option(help: "Begin no new round after this long (default 10m); what is undecided is then inconclusive.")
  var timeLimit: Duration?

  @Option(help: "Take a single process to hang after this long (default 60s).")
  var timeout: Duration?

  @Option(help: "How libraries come into the worker: dlopen or preload.")
  var load: String?

  @Option(help: "Processors to run workers on, such as 0,2 or 0..3.")
  var cpus: NumberList?

  /// The options that were given, for a command that has no use for them.
  var given: [String] {
    [
      ("--config", config != nil), ("--workload", !workloads.isEmpty), ("--threads", threads != nil),
      ("--metric", !metrics.isEmpty), ("--tolerate", tolerate != nil), ("--detect", detect != nil),
      ("--order", order != nil), ("--controls", controls != nil), ("--seed", seed != nil),
      ("--time-limit", timeLimit != nil), ("--timeout", timeout != nil), ("--load", load != nil),
      ("--cpus", cpus != nil),
    ].filter(\.1).map(\.0)
  }

  /// A gate's file, the one that is shipped unless one is named.
  static func file(_ path: String?) throws -> GateDescription {
    do {
      return try GateDescription(path: try path ?? ShippedFiles.path("workloads/gate.json5"))
    } catch ExperimentError.malformedExperiment(let path, let reason) {
      throw Failure(
        error: "\(path) is not a gate's file: \(reason)", help: ["workloads/gate.json5 explains every setting"],
        status: .usage)
    }
  }

  /// The gate's file with what was given in place of what it says.
  func description() throws -> GateDescription {
    var description = try Self.file(config)
    if !workloads.isEmpty { description.cells = workloads.map { GateCellDescription(workload: $0) } }
    if let threads {
      try MeasureOptions.require("--threads", threads, atLeast: 1)
      description.threads = threads
    }
    if !metrics.isEmpty {
      description.metrics = metrics.flatMap { $0.split(separator: ",").map(String.init) }
      for index in description.cells.indices { description.cells[index].metrics = nil }
    }
    if let tolerate { description.tolerate = tolerate }
    if let detect { description.detect = detect }
    if let order { description.order = order }
    if let controls { description.controls = controls }
    if let seed { description.seed = seed }
    if let timeLimit { description.timeLimitSeconds = timeLimit.seconds }
    if let timeout {
      guard timeout.seconds >= 0.001 else {
        throw Failure(error: "--timeout cannot be \(timeout.text)", help: ["it is at least 1ms"], status: .usage)
      }
      description.processTimeLimitSeconds = timeout.seconds
    }
    if let load { description.load = try MeasureOptions.choice("--load", load, ["dlopen", "preload"]) }
    if let cpus { description.processors = cpus.numbers }
    return description
  }
}
