// SPDX-License-Identifier: MIT

import Comparison
import Results

/// A gate whose processes are simulated and whose decisions are the real ones: who wants another round, in which order
/// cells and arms run, and what the rounds say.
public struct SimulatedGate: Sendable {
  public let settings: GateSettings
  public let noise: SimulatedNoise
  /// ln (head ÷ base) of the speed of each cell, as it truly is.
  public let effects: [Double]

  /// - Parameter effects: One for each cell.
  public init(
    effects: [Double], noise: SimulatedNoise, margins: Margins = Margins(), order: RoundOrder = .random,
    screen: StageLimits = .screen, confirm: StageLimits = .confirm
  ) {
    self.effects = effects
    self.noise = noise
    let cells = effects.indices.map { index in
      GateCell(identifier: "cell-\(index)", title: "cell \(index)", metrics: [.throughput: margins])
    }
    settings = GateSettings(
      cells: cells, suiteMargins: [.throughput: margins], reportedMetrics: [], order: order, screen: screen,
      confirm: confirm)
  }

  /// Runs until no cell wants another round. The same seed gives the same gate.
  public func run(seed: UInt64) -> SimulatedGateResult {
    let course = GateCourse(settings)
    let schedule = RoundSchedule(seed: seed)
    let unitEffects = Dictionary(uniqueKeysWithValues: zip(settings.units, effects))
    var machine = SimulatedMachine(noise, seed: seed)
    var ledger = GateLedger()
    var round = 0
    for stage in GateStage.allCases {
      while true {
        let units = course.unitsWantingRound(in: stage, ledger)
        if units.isEmpty { break }
        round += 1
        for index in schedule.cells(count: units.count, round: round) {
          let unit = units[index]
          let order = order(of: unit, round: round, schedule)
          let speeds = machine.round(order: order, effects: [0, unitEffects[unit] ?? 0])
          ledger.append(gateRound(round, order: order, speeds), of: unit, in: stage)
        }
      }
    }
    let decision = GateDecision(settings, ledger)
    return SimulatedGateResult(
      verdict: decision.verdict, findings: decision.findings, suites: decision.suites,
      roundCounts: settings.units.map { unit in
        GateStage.allCases.reduce(0) { $0 + ledger.rounds(of: unit, in: $1).count }
      })
  }

  /// 0 for the base and 1 for the head, in the order of time.
  private func order(of unit: GateUnit, round: Int, _ schedule: RoundSchedule) -> [Int] {
    let once = schedule.arms(count: 2, round: round, cell: unit.cellIdentifier, pass: unit.pass.rawValue)
    return settings.order == .mirrored ? once + once.reversed() : once
  }

  private func gateRound(_ number: Int, order: [Int], _ speeds: [Double]) -> GateRound {
    var sums = [0.0, 0.0]
    for (arm, speed) in zip(order, speeds) { sums[arm] += speed }
    let runCount = Double(settings.order.runsPerArm)
    return GateRound(
      number: UInt32(number),
      goodness: [.base: [.throughput: sums[0] / runCount], .head: [.throughput: sums[1] / runCount]],
      headRanFirst: order[0] == 1)
  }
}
