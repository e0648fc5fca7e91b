// SPDX-License-Identifier: MIT

import Comparison
import Glibc
import Results

/// Rows of a session whose estimates are known: in each cell the head is better than the reference by a logarithm.
struct HistoryRows {
  var session = "this"
  var began = "2026-03-01T10:00:00Z"
  var environment = "machine"
  var referenceSHA256 = "reference"
  var roundCount = 10
  /// How much better the head is, by cell and metric; what is missing is not better.
  var changes: [String: [GateMetric: Double]] = [:]
  /// How much better than usual the reference itself is, as a logarithm.
  var referenceChange: [GateMetric: Double] = [:]
  /// How much better who runs second does; base and head take turns.
  var slotEffect = 0.0
  /// A round of which the head fails.
  var failingRound: UInt32?

  /// What the reference measures by default.
  static let usual: [GateMetric: Double] = [.throughput: 2e7, .cpuThroughput: 2.1e7, .peakRSS: 6e8]

  func identity(worker: String = "worker", workload: String = "workload") -> GateIdentity {
    GateIdentity(
      environmentIdentifier: environment, workerSHA256: worker, workloadHash: workload, referenceSHA256: referenceSHA256
    )
  }

  func evidence(_ settings: GateSettings) -> GateEvidence {
    var evidence = GateEvidence(settings)
    var row: UInt64 = 1
    for round in 1...UInt32(roundCount) {
      for unit in settings.units {
        for role in [GateRole.base, .head] {
          row += 1
          evidence.note(sample(role, unit, round, sequence: row), row: row)
        }
      }
    }
    return evidence
  }

  private func sample(_ role: GateRole, _ unit: GateUnit, _ round: UInt32, sequence: UInt64) -> Sample {
    let order: UInt32 = (role == .base) == (round % 2 == 0) ? 1 : 2
    var metrics = MetricValues()
    for metric in GateMetric.allCases where metric.pass == unit.pass {
      guard let usual = Self.usual[metric], let goodness = metric.goodness(of: usual) else { continue }
      var change = referenceChange[metric] ?? 0
      if role == .head {
        change += changes[unit.cellIdentifier]?[metric] ?? 0
        // Symmetric over every five rounds, so that the centre is the change.
        change += Double(Int(round % 5) - 2) * 0.001
      }
      if order == 2 { change += slotEffect }
      metrics[metric.metric] = .real(metric.value(ofGoodness: goodness + change))
    }
    var environment = SampleEnvironment()
    environment.identifier = self.environment
    environment.harnessVersion = "1.0"
    let library = Library(
      path: "/lib/\(role.rawValue).so", sha256: role == .head ? "head" : referenceSHA256, load: .dlopen)
    return Sample(
      sessionIdentifier: session, sequence: sequence, utcTime: began, planHash: "plan",
      cell: Cell(identifier: unit.cellIdentifier, workload: unit.cellIdentifier), pass: unit.pass,
      arm: Arm(allocator: role.rawValue), library: library, round: round, orderInRound: order,
      workloadSeed: 1,
      outcome: round == failingRound && role == .head ? Outcome(.crash, signal: SIGSEGV) : .ok, metrics: metrics,
      environment: environment, stage: GateStage.screen.rawValue)
  }
}
