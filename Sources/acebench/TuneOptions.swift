// SPDX-License-Identifier: MIT

import Allocators
import ArgumentParser
import Comparison
import Experiments

/// What a search for settings takes.
struct TuneOptions: ParsableArguments {
  @Option(
    help: "What counts: \(TuningGoal.allCases.map(\.rawValue).joined(separator: ", ")).")
  var goal = TuningGoal.balanced

  @Option(
    name: [.customShort("a"), .customLong("allocator")], help: "Which build of ACE: a known name, or ace=/path.so.")
  var allocator = "ace"

  @Option(help: "Candidates of the first rung, fewer where the time limit is too short for them (default 48).")
  var candidates: Int?

  @Option(
    name: [.customShort("n"), .long],
    help: "Rounds of the first rung; the last comparison has ten times as many (default 2).")
  var rounds: Int?

  @Option(name: [.short, .long], help: "Threads of a workload; a trace has its own.")
  var threads: Int?

  @Option(help: "What is written into new blocks: none, first (a byte), page (a byte a page), all (each cache line).")
  var touch: String?

  @Option(help: "The seed of workloads, of candidates and of the order of runs; drawn anew unless given.")
  var seed: UInt64?

  @Option(help: "How long to measure (default 5m); 0 for no limit.")
  var timeLimit: Duration?

  @Option(help: "Take a single process to hang after this long (default 60s).")
  var timeout: Duration?

  @Option(help: "How libraries come into the worker: dlopen or preload.")
  var load: String?

  @Option(help: "Processors to run workers on, such as 0,2 or 0..3.")
  var cpus: NumberList?

  private static let defaultTimeLimitSeconds = 300.0
  private static let defaultTimeoutSeconds = 60.0

  /// Finds and checks what is to be measured.
  func plan(of workload: String) throws -> TuningPlan {
    var limits = TuningLimits()
    if let candidates {
      try MeasureOptions.require("--candidates", candidates, atLeast: TuningLimits.smallestCandidateCount)
      limits.candidateCount = candidates
    }
    if let rounds {
      try MeasureOptions.require("--rounds", rounds, atLeast: 1)
      limits.roundCount = rounds
    }
    guard try AllocatorCatalog.allocator(describedBy: allocator).isACE else {
      throw Failure(
        error: "'\(allocator)' has no settings of ACE", help: ["name a build of ACE: ace, ace-table, ace=/path.so"],
        status: .usage)
    }
    return try TuningPlan(try description(workload), goal: goal, limits: limits)
  }

  private func description(_ workload: String) throws -> ExperimentDescription {
    var description = ExperimentDescription()
    description.name = "tune"
    description.allocators = [allocator]
    description.workloads = [workload]
    if let threads {
      try MeasureOptions.require("--threads", threads, atLeast: 1)
      description.threads = [threads]
    }
    if let touch { description.touch = touch }
    // Easily copied from a screen; it is in the file, so that a search can be repeated.
    description.seed = seed ?? UInt64.random(in: 1...999_999)
    description.timeLimitSeconds = timeLimit?.seconds ?? Self.defaultTimeLimitSeconds
    description.processTimeLimitSeconds = timeout?.seconds ?? Self.defaultTimeoutSeconds
    if let load { description.load = try MeasureOptions.choice("--load", load, ["dlopen", "preload"]) }
    if let cpus { description.processors = cpus.numbers }
    return description
  }
}

extension TuningGoal: ExpressibleByArgument {}
