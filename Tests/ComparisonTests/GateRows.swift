// SPDX-License-Identifier: MIT

import Comparison
import Results

/// Rows of a gate of two cells, as its file would have them.
struct GateRows {
  var settings: GateSettings
  var samples: [Sample] = []

  static let roundCount = 10
  static let cells = ["a", "b"]

  /// A gate with rows of the first stage, and of the second where a change is to be found.
  ///
  /// - Parameter ratios: Speed of each arm ÷ speed of the base; 1 for those not named.
  init(
    ratios: [GateRole: Double] = [:], stages: [GateStage] = [.screen], order: RoundOrder = .random,
    controls: Bool = false
  ) {
    let limits = StageLimits(minimum: Self.roundCount, maximum: Self.roundCount)
    settings = GateSettings(
      cells: Self.cells.map { GateCell(identifier: $0, title: $0, metrics: [.throughput: Margins()]) },
      reportedMetrics: [], controlCellIdentifier: controls ? "a" : nil, order: order, screen: limits, confirm: limits)
    for stage in stages {
      for index in 0..<Self.roundCount {
        let round = stage == .screen ? index + 1 : index + 1 + Self.roundCount
        for cell in Self.cells { addRound(round, cell, stage, ratios) }
      }
    }
  }

  private mutating func addRound(_ round: Int, _ cell: String, _ stage: GateStage, _ ratios: [GateRole: Double]) {
    let roles = settings.roles(of: GateUnit(cellIdentifier: cell, pass: .time), stage: stage)
    let order = settings.order == .mirrored ? roles + roles.reversed() : roles
    for (place, role) in order.enumerated() {
      let wobble = 1 + 0.0001 * Double((round * 7 + place * 3) % 11)
      samples.append(
        Self.sample(
          cell, role, round: round, stage: stage, place: place + 1, speed: 1e6 * (ratios[role] ?? 1) * wobble))
    }
  }

  static func sample(
    _ cell: String, _ role: GateRole, round: Int, stage: GateStage = .screen, place: Int, speed: Double
  ) -> Sample {
    var metrics = MetricValues()
    metrics[.throughput] = .real(speed)
    var environment = SampleEnvironment()
    environment.identifier = "0123456789ab"
    return Sample(
      sessionIdentifier: "session", sequence: 1, utcTime: "2026-01-02T03:04:05Z", planHash: "plan",
      cell: Cell(identifier: cell, workload: cell), pass: .time, arm: Arm(allocator: role.rawValue),
      library: Library(path: "/lib/\(role.rawValue).so", sha256: "digest of \(role.rawValue)", load: .dlopen),
      round: UInt32(round), orderInRound: UInt32(place), workloadSeed: 1, metrics: metrics, environment: environment,
      stage: stage.rawValue)
  }

  /// The header is row 1.
  var evidence: GateEvidence {
    var evidence = GateEvidence(settings)
    for (index, sample) in samples.enumerated() { evidence.note(sample, row: UInt64(index + 2)) }
    return evidence
  }

  var report: GateReport { GateJudge(settings, evidence).report() }
}
