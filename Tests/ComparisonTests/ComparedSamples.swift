// SPDX-License-Identifier: MIT

import Comparison
import Results

/// Rows to compare in tests.
struct ComparedSamples {
  var environment = "machine"
  var plan = "plan"
  private(set) var rows: ComparedRows

  init(metrics: [Metric] = [.throughput], environment: String = "machine", plan: String = "plan") {
    rows = ComparedRows(metrics: metrics)
    (self.environment, self.plan) = (environment, plan)
  }

  /// Adds a row; its number is the next one, the header having been 1.
  mutating func add(
    _ allocator: String, _ metrics: [Metric: Double], workload: String = "larson", switches: String = "",
    round: UInt32, pass: Pass = .time, seed: UInt64? = nil, trace: String = ""
  ) {
    var values = MetricValues()
    for (metric, value) in metrics { values[metric] = .real(value) }
    var facts = SampleEnvironment()
    facts.identifier = environment
    rows.add(
      Sample(
        sessionIdentifier: "session", sequence: 1, utcTime: "2026-01-02T03:04:05Z", planHash: plan,
        cell: Cell(identifier: workload, workload: workload, traceSHA256: trace), pass: pass,
        arm: Arm(allocator: allocator, switches: switches), library: Library(load: .dlopen), round: round,
        orderInRound: 1, workloadSeed: seed ?? UInt64(round), metrics: values, environment: facts),
      row: UInt64(rows.rowCount + 2))
  }

  static let arms = ComparedArms(base: Arm(allocator: "base"), candidate: Arm(allocator: "candidate"))

  /// Rounds of two arms in one cell, each with its ratio of throughputs; the level drifts, as machines do.
  static func rounds(_ ratios: [Double], workload: String = "larson") -> ComparedSamples {
    var samples = ComparedSamples()
    samples.addRounds(ratios, workload: workload)
    return samples
  }

  mutating func addRounds(_ ratios: [Double], workload: String) {
    for (round, ratio) in zip(UInt32(1)..., ratios) {
      let level = 1e6 * (1 + Double(round) / 8)
      add("base", [.throughput: level], workload: workload, round: round)
      add("candidate", [.throughput: level * ratio], workload: workload, round: round)
    }
  }

  func report(_ arms: [ComparedArms] = [arms], margin: Double = 0.02) -> EffectReport {
    EffectAnalysis(base: rows, arms: arms, rule: EffectRule(margin: margin)).report()
  }
}
