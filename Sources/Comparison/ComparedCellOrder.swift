// SPDX-License-Identifier: MIT

import Results

extension Cell {
  /// The order of cells in summaries: by workload, threads, parameters and touch policy. Schedules are shuffled,
  /// summaries are not.
  public static func inSummaries(_ first: Cell, _ second: Cell) -> Bool {
    (first.workload, first.threadCount, first.parameters, first.touch.rawValue, first.identifier)
      < (second.workload, second.threadCount, second.parameters, second.touch.rawValue, second.identifier)
  }
}
