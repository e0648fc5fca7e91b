// SPDX-License-Identifier: MIT

import Results

/// What one arm measured in one cell and pass, by round.
struct ComparedSeries: Sendable {
  /// A round that the arm finished.
  struct Round: Sendable {
    var number: UInt32
    var workloadSeed: UInt64
    /// The row's number in its file.
    var row: UInt64
    /// Where it was measured: an index of `ComparedRows.origins`.
    var origin: Int
  }

  private(set) var rounds: [Round] = []
  /// A column per metric with a value per round; NaN where the row has none.
  private var columns: [[Double]]

  init(metricCount: Int) { columns = Array(repeating: [], count: metricCount) }

  mutating func append(_ round: Round, _ values: [Double]) {
    rounds.append(round)
    for (index, value) in values.enumerated() { columns[index].append(value) }
  }

  /// The value of a metric in a round, both by index; NaN for none.
  func value(_ metric: Int, in round: Int) -> Double { columns[metric][round] }
}
