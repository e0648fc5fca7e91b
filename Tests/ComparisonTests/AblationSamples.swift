// SPDX-License-Identifier: MIT

import Comparison
import Results

/// Rows of an ablation, as a machine that drifts from round to round would have made them.
struct AblationSamples {
  private(set) var rows = AblationRows()
  private var rowCount: UInt64 = 1

  static let base = Arm(allocator: "ace", switches: "profile=full")

  /// The arm without a policy, which the base has.
  static func arm(without name: String) -> Arm { Arm(allocator: "ace", switches: "profile=full;\(name)=off") }

  static func contrast(_ name: String) -> AblationContrast {
    AblationContrast(
      name: name, with: "on", without: "off", arms: ComparedArms(base: arm(without: name), candidate: base))
  }

  /// How fast the machine is in a round.
  static func level(_ round: UInt32) -> Double { 1 + Double(round % 5) / 9 }

  /// Adds a process that finished.
  mutating func add(
    _ arm: Arm, _ metrics: [Metric: Double], round: UInt32, workload: String = "larson", pass: Pass = .time,
    environment: String = "machine"
  ) {
    var values = MetricValues()
    for (metric, value) in metrics { values[metric] = .real(value) }
    let sample = Self.sample(arm, round, workload, pass, .ok, values, environment)
    rowCount += 1
    rows.note(sample)
    rows.add(sample, row: rowCount)
  }

  /// Adds one that did not.
  mutating func addFailure(
    _ arm: Arm, _ outcome: Outcome, round: UInt32, workload: String = "larson", pass: Pass = .time, attempt: UInt32 = 1
  ) {
    var sample = Self.sample(arm, round, workload, pass, outcome, MetricValues(), "machine")
    sample.attempt = attempt
    rowCount += 1
    rows.note(sample)
  }

  private static func sample(
    _ arm: Arm, _ round: UInt32, _ workload: String, _ pass: Pass, _ outcome: Outcome, _ values: MetricValues,
    _ environment: String
  ) -> Sample {
    var facts = SampleEnvironment()
    facts.identifier = environment
    return Sample(
      sessionIdentifier: "session", sequence: 1, utcTime: "2026-01-02T03:04:05Z", planHash: "plan",
      cell: Cell(identifier: workload, workload: workload), pass: pass, arm: arm, library: Library(load: .dlopen),
      round: round, orderInRound: 1, workloadSeed: UInt64(round), outcome: outcome, metrics: values, environment: facts)
  }

  func report(_ contrasts: [AblationContrast], margin: Double = 0.01) -> AblationReport {
    AblationAnalysis(rows, contrasts: contrasts, rule: EffectRule(margin: margin)).report()
  }
}
