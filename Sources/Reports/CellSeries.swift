// SPDX-License-Identifier: MIT

import Comparison
import Results

/// Samples gathered by cell and arm. Only numbers of the wanted metrics are kept, so that memory grows with rounds
/// and not with what rows say.
struct CellSeries {
  /// The metrics that are kept.
  let metrics: [Metric]
  private var series: [Cell: [Arm: ArmSeries]] = [:]

  init(metrics: [Metric]) { self.metrics = metrics }

  mutating func add(_ sample: Sample) {
    series[sample.cell, default: [:]][sample.arm, default: ArmSeries()].add(sample, metrics: metrics)
  }

  /// All cells, in the order of summaries.
  var cells: [Cell] { series.keys.sorted(by: Cell.inSummaries) }

  /// The arms of a cell with what they measured, by name, the floor last.
  func arms(of cell: Cell) -> [(arm: Arm, series: ArmSeries)] {
    (series[cell] ?? [:]).map { (arm: $0.key, series: $0.value) }.sorted {
      ($0.arm.isFloor ? 1 : 0, $0.arm.allocator, $0.arm.switches)
        < ($1.arm.isFloor ? 1 : 0, $1.arm.allocator, $1.arm.switches)
    }
  }
}
