// SPDX-License-Identifier: MIT

import Results
import Statistics

/// What ACE told of itself in the processes of one arm in one cell.
struct ACESeries {
  /// By pass and round; a later attempt at a round takes the place of an earlier one.
  private var runs: [Pass: [UInt32: [String: UInt64]]] = [:]

  mutating func add(_ figures: ACEFigures, of sample: Sample) {
    runs[sample.pass, default: [:]][sample.round] = figures.process
  }

  /// The processes that count. Passes run a workload differently often, so that only those of one may be summarised: the
  /// first that there is.
  private var processes: [[String: UInt64]] {
    Pass.allCases.lazy.compactMap { runs[$0] }.first.map { Array($0.values) } ?? []
  }

  var processCount: Int { processes.count }

  /// The median of a field over processes; nil when none of them told it.
  func median(of field: String) -> Double? {
    SortedSample(processes.compactMap { $0[field].map { Double($0) } })?.median
  }
}
