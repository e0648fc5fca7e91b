// SPDX-License-Identifier: MIT

import Results

/// Samples to summarise in tests.
enum Samples {
  static func make(
    _ allocator: String, _ metrics: [Metric: Double], workload: String = "larson", parameters: String = "blocks=100",
    threads: UInt32 = 2, switches: String = "", pass: Pass = .time, round: UInt32 = 1, attempt: UInt32 = 1,
    outcome: Outcome = .ok
  ) -> Sample {
    var values = MetricValues()
    for (metric, value) in metrics { values[metric] = .real(value) }
    return Sample(
      sessionIdentifier: "session", sequence: 1, utcTime: "2026-01-02T03:04:05Z", planHash: "plan",
      cell: Cell(
        identifier: "\(workload)/\(threads)/\(parameters)", workload: workload, parameters: parameters,
        threadCount: threads),
      pass: pass, arm: Arm(allocator: allocator, switches: switches), library: Library(load: .dlopen), round: round,
      orderInRound: 1, workloadSeed: 42, attempt: attempt, outcome: outcome, metrics: values)
  }

  /// The three passes of one allocator in one round.
  static func passes(
    _ allocator: String, round: UInt32, throughput: Double, net: Double, mallocP99: Double, peak: Double,
    threads: UInt32 = 2
  ) -> [Sample] {
    [
      make(allocator, [.throughput: throughput, .netPerOperation: net], threads: threads, round: round),
      make(allocator, [.mallocP99: mallocP99, .freeP99: 25], threads: threads, pass: .latency, round: round),
      make(allocator, [.residentPeak: peak, .fragmentation: 1.25], threads: threads, pass: .memory, round: round),
    ]
  }
}
