// SPDX-License-Identifier: MIT

import Comparison

/// Findings as a table, a row each.
enum GateTable {
  /// - Parameter written: How a text of others has to be written where the table goes.
  static func table(of findings: [GateFinding], _ written: (String) -> String) -> TextTable {
    var table = TextTable(
      columns: [
        .init("cell"), .init("metric"), .init("head / base (95 %)"), .init("means"), .init("adjusted p", .right),
        .init("rounds", .right), .init("verdict"),
      ], keyColumnCount: 2)
    for finding in findings {
      table.append(
        [
          written(finding.title), finding.metric.words, finding.ratioWords, finding.meaning, finding.probabilityWords,
          "\(finding.roundCount)", written(finding.verdictWords),
        ].map { TextTable.Entry($0) })
    }
    return table
  }
}
