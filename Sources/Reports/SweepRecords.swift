// SPDX-License-Identifier: MIT

import Results

/// What a sweep measured as records for programs: one per cell and arm, with the median of every metric over rounds.
public struct SweepRecords {
  private static let keys = ["workload", "parameters", "threads_count", "touch", "allocator", "switches"]

  private let aceFields: [String]
  private var cellSeries = CellSeries(metrics: Metric.allCases)
  private var ace = ACESummary()

  /// - Parameter aceFields: The fields of what ACE tells of itself that records shall have, behind `ace_`.
  public init(aceFields: [String] = []) { self.aceFields = aceFields }

  /// Takes a row; a later attempt at a round takes the place of an earlier one.
  public mutating func add(_ sample: Sample) { cellSeries.add(sample) }

  /// Takes what ACE told of itself in a row's process.
  public mutating func add(_ figures: ACEFigures, of sample: Sample) { ace.add(figures, of: sample) }

  /// The records; a metric without a value was not measured.
  public var table: RecordTable {
    var table = RecordTable(fields: Self.keys + Metric.allCases.map(\.column) + aceFields.map { "ace_" + $0 })
    for cell in cellSeries.cells {
      for (arm, series) in cellSeries.arms(of: cell) {
        let keys: [FieldValue] = [
          .text(cell.workload), .text(cell.parameters), .integer(UInt64(cell.threadCount)), .text(cell.touch.rawValue),
          .text(arm.allocator), .text(arm.switches),
        ]
        let metrics = Metric.allCases.map { series.median(of: $0).map(FieldValue.real) ?? .none }
        table.append(keys + metrics + aceFields.map { ace.median(of: $0, cell, arm).map(FieldValue.real) ?? .none })
      }
    }
    return table
  }
}
