// SPDX-License-Identifier: MIT

import Results

/// Samples to write and read in tests.
enum Samples {
  static let arms =
    ["system", "mimalloc", "null"].map { Arm(allocator: $0) } + [
      Arm(allocator: "ace", switches: "refill-one=on;front=off")
    ]

  static func make(
    cell: String = "tiny-hot/1", arm: Arm = arms[0], round: UInt32 = 1, attempt: UInt32 = 1, sequence: UInt64 = 1,
    outcome: Outcome = .ok
  ) -> Sample {
    var metrics = MetricValues()
    metrics[.operationsCount] = .count(UInt64.max)
    metrics[.throughput] = .real(1.0 / 3)
    metrics[.residentPeak] = .count(0)
    var environment = SampleEnvironment()
    environment.identifier = "0123456789ab"
    environment.processorModel = "A \"fast\" processor, 2 cores\nsecond line"
    environment.coreCount = 2
    environment.harnessVersion = "1.0"
    return Sample(
      sessionIdentifier: "session", sequence: sequence, utcTime: "2026-01-02T03:04:05Z", planHash: "plan",
      cell: Cell(identifier: cell, workload: "tiny-hot", parameters: "size=64;batch=100"), pass: .time, arm: arm,
      library: Library(path: "/lib/a, b.so", version: "2.36", load: .dlopen), round: round, orderInRound: 1,
      workloadSeed: 42, attempt: attempt, outcome: outcome, metrics: metrics, environment: environment)
  }

  static func read(_ path: String) throws -> [Sample] {
    var samples: [Sample] = []
    try SampleReader(path: path).forEach { samples.append($0) }
    return samples
  }
}
