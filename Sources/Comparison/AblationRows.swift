// SPDX-License-Identifier: MIT

import Results

/// The rows of an ablation, and what they say beside their figures.
///
/// The resident sizes in `rows` have a MiB added, as a gate's do: the kernel maps pages of libraries up to sixteen at a
/// time, so that the size of a heap of a few hundred pages is known to some percent only, and what is kept after the
/// last free may be nothing, which has no ratio.
public struct AblationRows: Sendable {
  /// What a setting may move.
  public static let metrics: [Metric] = [
    .throughput, .throughputPerCPU, .residentPeak, .memoryEfficiencyArea, .residentDrained1Second,
  ]

  private struct RoundOfArm: Hashable {
    var cell: Cell
    var pass: Pass
    var arm: Arm
    var round: UInt32
  }

  public private(set) var rows = ComparedRows(metrics: metrics)
  /// The machine and the harness, as the first row has them.
  public private(set) var environment: SampleEnvironment?
  /// The first and the last day of the rows, `2026-11-21`; empty without rows.
  public private(set) var firstDay = ""
  public private(set) var lastDay = ""
  private var ends: [RoundOfArm: (attempt: UInt32, outcome: Outcome)] = [:]

  public init() {}

  /// Reads the rows of a file.
  ///
  /// - Parameter planHash: The plan whose rows are read; nil for all rows.
  public init(samplesPath: String, planHash: String? = nil) throws {
    let reader = SampleReader(path: samplesPath)
    func counts(_ sample: Sample) -> Bool { planHash.map { $0 == sample.planHash } ?? true }
    try reader.forEach { if counts($0) { note($0) } }
    try reader.forEachEffectiveRow(arms: []) { if counts($1) { add($1, row: $0) } }
  }

  /// What is added to a metric's values in `rows`.
  public static func allowance(of metric: Metric) -> Double {
    metric == .residentPeak || metric == .residentDrained1Second ? GateMetric.smallHeapAllowanceByteCount : 0
  }

  /// Takes what a row says of its process, whatever came of it.
  public mutating func note(_ sample: Sample) {
    if environment == nil { environment = sample.environment }
    let day = String(sample.utcTime.prefix { $0 != "T" })
    firstDay = firstDay.isEmpty ? day : min(firstDay, day)
    lastDay = max(lastDay, day)
    let name = RoundOfArm(cell: sample.cell, pass: sample.pass, arm: sample.arm, round: sample.round)
    if let known = ends[name], known.attempt > sample.attempt { return }
    ends[name] = (sample.attempt, sample.outcome)
  }

  /// Takes a row that counts: of a process that finished, in the last attempt at its round.
  public mutating func add(_ sample: Sample, row: UInt64) {
    var sample = sample
    for metric in Self.metrics where Self.allowance(of: metric) > 0 {
      if let value = sample.metrics[metric]?.double {
        sample.metrics[metric] = .real(value + Self.allowance(of: metric))
      }
    }
    rows.add(sample, row: row)
  }

  /// What did not finish, by cell, pass and arm.
  public var failures: [AblationFailure] {
    let failed = ends.filter { $0.value.outcome.status != .ok }.sorted { $0.key.round < $1.key.round }
    var failures: [RoundOfArm: AblationFailure] = [:]
    for (name, end) in failed {
      var key = name
      key.round = 0
      let count = failures[key]?.roundCount ?? 0
      failures[key] = AblationFailure(
        cell: name.cell, pass: name.pass, arm: name.arm, roundCount: count + 1, outcome: end.outcome)
    }
    return failures.values.sorted { first, second in
      if first.cell != second.cell { return Cell.inSummaries(first.cell, second.cell) }
      return (first.arm.allocator, first.arm.switches, first.pass.rawValue)
        < (second.arm.allocator, second.arm.switches, second.pass.rawValue)
    }
  }
}
