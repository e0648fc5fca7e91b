// SPDX-License-Identifier: MIT

import Comparison
import Results

/// A gate whose rounds a test writes down as differences.
struct SimpleGate {
  var settings: GateSettings
  var ledger = GateLedger()

  /// - Parameter names: Of cells that are judged by throughput.
  init(cells names: [String], metrics: [GateMetric: Margins] = [.throughput: Margins()], roundCount: Int = 6) {
    let limits = StageLimits(minimum: roundCount, maximum: roundCount)
    settings = GateSettings(
      cells: names.map { GateCell(identifier: $0, title: $0, metrics: metrics) }, reportedMetrics: [], screen: limits,
      confirm: limits)
  }

  /// Adds rounds that have these differences, numbered on through both stages.
  mutating func add(
    _ differences: [Double], to cell: String, _ stage: GateStage, _ metric: GateMetric = .throughput
  ) {
    let unit = GateUnit(cellIdentifier: cell, pass: metric.pass)
    for difference in differences {
      let number = GateStage.allCases.reduce(1) { $0 + ledger.rounds(of: unit, in: $1).count }
      ledger.append(
        GateRound(
          number: UInt32(number), goodness: [.base: [metric: 10], .head: [metric: 10 + difference]],
          headRanFirst: number.isMultiple(of: 2)), of: unit, in: stage)
    }
  }

  var decision: GateDecision { GateDecision(settings, ledger) }

  var unitsWantingRound: (screen: [GateUnit], confirm: [GateUnit]) {
    let course = GateCourse(settings)
    return (course.unitsWantingRound(in: .screen, ledger), course.unitsWantingRound(in: .confirm, ledger))
  }

  /// Differences of about a size, narrow enough for any margins.
  static func about(_ size: Double, count: Int = 6) -> [Double] {
    (0..<count).map { index -> Double in size + 0.0001 * Double((index * 7) % 5) }
  }
}
