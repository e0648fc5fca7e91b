// SPDX-License-Identifier: MIT

import Comparison
import Experiments
import Results

/// Two allocators measured now, side by side, until each cell is known closely enough; rows for a comparison.
struct CompareMeasurement {
  var base: String
  var candidate: String
  /// What is measured instead of the cells of the gate's file.
  var workloads: [String]
  var options: CompareMeasureOptions
  /// Half-width that intervals are to have, as a fraction.
  var margin: Double

  /// Rounds of every cell: enough for an interval, and an end for cells that scatter.
  private static let limits = StageLimits(minimum: 10, maximum: 40)

  /// No interval of measured times is this narrow: without a margin every cell has all its rounds.
  private static let smallestDetectable = 1e-9

  struct Result {
    var rows: ComparedRows
    var arms: ComparedArms
    var folder: String
    /// Not `done` when not everything could be measured.
    var status: Status
  }

  /// Measures, and reads what was finished.
  func run(metrics: [Metric], isQuiet: Bool) throws -> Result {
    let plan = try GatePlan(
      try description(metrics), base: base,
      head: candidate.contains("/") && !candidate.contains("=") ? "candidate=\(candidate)" : candidate)
    let folder = options.output ?? ResultsFolder.dated("compare")
    let (_, ending) = try MeasuredGate(plan, folder: folder, stages: [.screen], isQuiet: isQuiet).measure()
    if ending == .interrupted { Diagnostic.warn("interrupted; what was finished is compared") }
    let names = self.names
    var rows = ComparedRows(metrics: metrics)
    try SampleReader(path: folder + "/" + GateOutput.samplesName).forEachEffectiveRow { row, sample in
      var sample = sample
      sample.arm = sample.arm.allocator == GateRole.base.rawValue ? names.base : names.candidate
      rows.add(sample, row: row)
    }
    let status: Status =
      switch ending {
      case .finished, .outOfTime: .done
      case .interrupted: .interrupted
      case .failed: .failed
      }
    return Result(rows: rows, arms: names, folder: folder, status: status)
  }

  private func description(_ metrics: [Metric]) throws -> GateDescription {
    var description = try GateOptions.file(options.config)
    if !workloads.isEmpty { description.cells = workloads.map { GateCellDescription(workload: $0) } }
    if let threads = options.threads {
      try MeasureOptions.require("--threads", threads, atLeast: 1)
      description.threads = threads
    }
    let passes = Set(metrics.compactMap(\.pass))
    description.metrics = GateMetric.allCases.filter { metrics.contains($0.metric) }.map(\.rawValue)
    if description.metrics.isEmpty || !passes.isSubset(of: [.time, .memory]) {
      throw Failure(
        error: "only \(GateMetric.allCases.map(\.rawValue).joined(separator: ", ")) can be measured for a comparison",
        help: ["for other metrics: acebench sweep -a … -o FOLDER, then acebench compare FOLDER --base … --candidate …"],
        status: .usage)
    }
    for index in description.cells.indices {
      description.cells[index].metrics = nil
      description.cells[index].ignore = nil
    }
    description.controls = false
    description.screen = Self.limits
    if let rounds = options.rounds {
      try MeasureOptions.require("--rounds", rounds, atLeast: StageLimits.smallestMinimum)
      description.screen = StageLimits(minimum: min(rounds, Self.limits.minimum), maximum: rounds)
    }
    // An interval that shall lie within the margin on both sides is no wider than twice that.
    description.tolerate = 0
    description.detect = min(max(2 * margin, Self.smallestDetectable), 0.5)
    if let seed = options.seed { description.seed = seed }
    if let timeLimit = options.timeLimit { description.timeLimitSeconds = timeLimit.seconds }
    return description
  }

  /// What the two are called: by their names where they have different ones, else by what they are here.
  private var names: ComparedArms {
    let haveNames = base != candidate && ![base, candidate].contains { $0.contains("/") }
    return ComparedArms(
      base: Arm(allocator: haveNames ? base : "base"), candidate: Arm(allocator: haveNames ? candidate : "candidate"))
  }
}
