// SPDX-License-Identifier: MIT

import Results

/// One attempt at a round of a unit: the runs it has so far.
struct GateAttempt: Sendable {
  struct Run: Sendable {
    var role: GateRole
    var sample: Sample
    var goodness: [GateMetric: Double]
    var row: UInt64
  }

  let number: UInt32
  /// Who has to run in it.
  let roles: [GateRole]
  private var runs: [Run] = []

  init(number: UInt32, roles: [GateRole]) {
    self.number = number
    self.roles = roles
  }

  /// Takes a run; false when the arm has had all of its runs, or has none in such a round, or when its place in the
  /// round is another run's.
  mutating func add(_ run: Run, _ order: RoundOrder) -> Bool {
    guard roles.contains(run.role), count(run.role) < order.runsPerArm,
      !runs.contains(where: { $0.sample.orderInRound == run.sample.orderInRound })
    else { return false }
    runs.append(run)
    return true
  }

  /// Whether all arms have succeeded in all of their runs.
  func isComplete(_ order: RoundOrder) -> Bool {
    runs.count == roles.count * order.runsPerArm && failedRun == nil
  }

  func missingRoles(_ order: RoundOrder) -> [GateRole] { roles.filter { count($0) < order.runsPerArm } }

  var failedRun: Run? { runs.first { $0.sample.outcome.status != .ok } }

  var firstRow: UInt64 { runs.first?.row ?? 0 }

  var rows: RowNumbers { runs.reduce(into: RowNumbers()) { $0.append($1.row) } }

  /// What a complete attempt measured.
  func round(number: UInt32) -> GateRound {
    var goodness: [GateRole: [GateMetric: Double]] = [:]
    for role in roles {
      let runs = runs.filter { $0.role == role }
      var means: [GateMetric: Double] = [:]
      for metric in GateMetric.allCases {
        let values = runs.compactMap { $0.goodness[metric] }
        if !values.isEmpty, values.count == runs.count { means[metric] = values.reduce(0, +) / Double(values.count) }
      }
      goodness[role] = means
    }
    return GateRound(number: number, goodness: goodness, headRanFirst: place(of: .head) < place(of: .base))
  }

  private func count(_ role: GateRole) -> Int { runs.count { $0.role == role } }

  private func place(of role: GateRole) -> UInt32 {
    runs.filter { $0.role == role }.map(\.sample.orderInRound).min() ?? .max
  }
}
