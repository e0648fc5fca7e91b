// SPDX-License-Identifier: MIT

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

  /// All cells, by workload, threads, parameters and touch policy: schedules are shuffled, summaries are not.
  var cells: [Cell] {
    series.keys.sorted {
      ($0.workload, $0.threadCount, $0.parameters, $0.touch.rawValue, $0.identifier)
        < ($1.workload, $1.threadCount, $1.parameters, $1.touch.rawValue, $1.identifier)
    }
  }

  /// The arms of a cell with what they measured, by name, the floor last.
  func arms(of cell: Cell) -> [(arm: Arm, series: ArmSeries)] {
    (series[cell] ?? [:]).map { (arm: $0.key, series: $0.value) }.sorted {
      ($0.arm.isFloor ? 1 : 0, $0.arm.allocator, $0.arm.switches)
        < ($1.arm.isFloor ? 1 : 0, $1.arm.allocator, $1.arm.switches)
    }
  }
}
