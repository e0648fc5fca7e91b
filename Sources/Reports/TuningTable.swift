// SPDX-License-Identifier: MIT

import Comparison

/// The frontier of a search for settings: what there is to choose from between time and memory.
public enum TuningTable {
  /// A row for each candidate, the fastest first. Ratios are of the time and the memory that it took to those of the
  /// defaults, over all rounds of the search.
  public static func table(_ frontier: [TuningPoint]) -> TextTable {
    var table = TextTable(columns: [
      .init("settings"), .init("time (95 %)"), .init("memory (95 %)"), .init("rounds", .right),
    ])
    for point in frontier {
      let isInitial = point.candidate.isInitial
      table.append(
        [
          point.candidate.words, isInitial ? "1" : StatedRatio(spentOf: point.standing.time).text,
          isInitial ? "1" : StatedRatio(spentOf: point.standing.memory).text, "\(point.standing.roundCount)",
        ].map { TextTable.Entry($0) })
    }
    return table
  }
}
