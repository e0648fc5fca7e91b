// SPDX-License-Identifier: MIT

import Glibc
import Results

extension ComparedRows {
  /// The goodness of each arm in the rounds that all of them have, by number of round: logarithms, more is better. A
  /// round without a usable value of one arm is left out.
  func goodness(_ metric: Metric, _ cell: Cell, _ arms: [Arm]) -> [[Double]] {
    guard let column = column(of: metric) else { return [] }
    var rounds: [UInt32: [Double]] = [:]
    for (index, arm) in arms.enumerated() {
      guard let series = series(cell, arm, metric.comparedPass) else { return [] }
      for (position, round) in series.rounds.enumerated() where (rounds[round.number]?.count ?? 0) == index {
        let value = series.value(column, in: position)
        if value > 0 { rounds[round.number, default: []].append(metric.goodness(of: log(value))) }
      }
    }
    return rounds.sorted { $0.key < $1.key }.map(\.value).filter { $0.count == arms.count }
  }
}
