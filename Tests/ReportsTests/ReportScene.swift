// SPDX-License-Identifier: MIT

import Results

@testable import Reports

/// Results to report on in tests.
enum ReportScene {
  /// Two workloads, `fast` twice as fast as `system` with half more memory, and the floor, in eight rounds of all passes.
  static func samples(rounds: UInt32 = 8, workloads: [String] = ["larson", "phases"]) -> [Sample] {
    var samples: [Sample] = []
    for round in 1...rounds {
      let wobble = 1 + 0.01 * (Double(round % 4) - 1.5)
      for workload in workloads {
        for (name, speed, memory) in [("system", 1.0, 1.0), ("fast", 2.0, 1.5), ("null", 9.0, 0.1)] {
          let own = name == "fast" ? wobble : 1
          samples += [
            sample(name, [.throughput: 1e7 * speed * own, .grossPerOperation: 100 / speed], workload, .time, round),
            sample(name, [.residentPeak: 8e6 * memory * own, .livePeak: 6e6], workload, .memory, round),
            sample(
              name, [.mallocP99: 300 / speed, .mallocP999: 900, .latencyControlP99: 20], workload, .latency, round),
          ]
        }
      }
    }
    return samples
  }

  static func sample(
    _ allocator: String, _ metrics: [Metric: Double], _ workload: String, _ pass: Pass, _ round: UInt32,
    outcome: Outcome = .ok
  ) -> Sample {
    var sample = Samples.make(
      allocator, metrics, workload: workload, pass: pass, round: round, outcome: outcome)
    sample.environment.processorModel = "Processor 9000"
    sample.environment.coreCount = 2
    sample.environment.harnessVersion = "0.1.0"
    return sample
  }

  static func result(_ samples: [Sample] = samples(), name: String = "scene") -> ReportResult {
    var result = ReportResult(name: name, path: "results/" + name)
    var rows = ReportRows()
    for (row, sample) in zip((2 as UInt64)..., samples) {
      rows.note(sample)
      if sample.outcome.status == .ok { rows.add(sample, row: row) }
    }
    rows.close()
    result.rows = rows
    return result
  }

  static func page(_ results: ReportResult...) -> ReportPage { ReportPage(results, command: "acebench report") }
}
