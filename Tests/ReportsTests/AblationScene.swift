// SPDX-License-Identifier: MIT

import Comparison
import Results

/// An ablation to show in tests: two workloads, three policies, one of which is not worth anything anywhere.
enum AblationScene {
  static let base = Arm(allocator: "ace", switches: "profile=full")
  static let contrasts = ["tiering", "idle-trim", "warm-pool"].map { name in
    let without = Arm(allocator: "ace", switches: "profile=full;\(name)=off")
    return AblationContrast(
      name: name, with: "on", without: "off", arms: ComparedArms(base: without, candidate: base))
  }
  private static let mebibyte = 1_048_576.0

  /// - Parameter failing: Whether the last policy's arm fails in the memory pass.
  static func rows(rounds: UInt32 = 10, failing: Bool = false) -> AblationRows {
    var rows = AblationRows()
    var number: UInt64 = 1
    func add(_ sample: Sample) {
      var sample = sample
      sample.environment.processorModel = "Processor 9000"
      sample.environment.coreCount = 2
      sample.environment.harnessCommit = "abc1234"
      sample.library.sha256 = "0123456789abcdef"
      number += 1
      rows.note(sample)
      if sample.outcome.status == .ok { rows.add(sample, row: number) }
    }
    for round in 1...rounds {
      let wobble = 0.004 * (Double(round * 7 % 10) - 4.5) / 4.5
      // With tiering larson is 8 % faster and phases 4 % slower; with idle-trim phases keeps a quarter.
      for (workload, worth) in [("larson", 1.08), ("phases", 0.96)] {
        let arms = [base] + contrasts.map(\.arms.base)
        for (arm, speed) in zip(arms, [1, 1 / worth, 1 + wobble / 2, 1 - wobble]) {
          let noise = arm == base ? 1 : 1 + wobble
          add(
            Samples.make(
              "ace", [.throughput: 1e7 * speed * noise], workload: workload, parameters: "blocks=9",
              switches: arm.switches, round: round))
        }
        for (index, arm) in arms.enumerated() {
          let kept = workload == "phases" && index == 2 ? 15 * mebibyte : 3 * mebibyte
          let fails = failing && index == 3
          add(
            Samples.make(
              "ace", [.residentPeak: 31 * mebibyte, .residentDrained1Second: kept], workload: workload,
              parameters: "blocks=9", switches: arm.switches, pass: .memory, round: round,
              outcome: fails ? Outcome(.crash, signal: 11) : .ok))
        }
      }
    }
    return rows
  }

  static func report(_ rows: AblationRows = rows()) -> AblationReport {
    AblationAnalysis(rows, contrasts: contrasts, rule: EffectRule(margin: 0.01)).report()
  }

  /// Two settings in all combinations, one of which is of use only with the other.
  static func factorial() -> AblationReport {
    let factors = Array(contrasts.prefix(2))
    let arms = ["tiering=off;idle-trim=off", "idle-trim=off", "tiering=off", ""].map {
      Arm(allocator: "ace", switches: $0.isEmpty ? "profile=full" : "profile=full;\($0)")
    }
    var rows = AblationRows()
    var number: UInt64 = 1
    for round in 1...10 as ClosedRange<UInt32> {
      for (arm, speed) in zip(arms, [1.0, 1.0, 1.0, 1.21]) {
        number += 1
        rows.add(Samples.make("ace", [.throughput: 1e7 * speed], switches: arm.switches, round: round), row: number)
      }
    }
    return AblationAnalysis(
      rows, contrasts: factors, factorial: AblationFactorial(factors: factors, arms: arms),
      rule: EffectRule(margin: 0.01)
    ).report()
  }
}
