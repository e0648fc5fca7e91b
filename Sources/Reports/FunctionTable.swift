// SPDX-License-Identifier: MIT

import Profiling

/// The functions in which most was counted, a line each.
public enum FunctionTable {
  /// For people: what was counted in a function by itself, and in it with all that it called.
  ///
  /// - Parameter count: How many functions at most.
  public static func table(of totals: FunctionTotals, measure: Int = 0, count: Int = 12) -> TextTable {
    var table = TextTable(columns: [
      TextTable.Column("function"), TextTable.Column("% self", .right), TextTable.Column("% total", .right),
      TextTable.Column("self", .right), TextTable.Column("in"),
    ])
    let whole = totals.whole[measure]
    for row in totals.rows.prefix(count) where row.own[measure] > 0 {
      table.append(
        [
          row.frame.function.shortened(to: 60), percentage(row.own[measure], whole),
          percentage(row.total[measure], whole), totals.measures[measure].text(of: row.own[measure]),
          row.frame.module.path.split(separator: "/").last.map(String.init) ?? "–",
        ].map { TextTable.Entry($0) })
    }
    return table
  }

  private static func percentage(_ part: Int64, _ whole: Int64) -> String {
    NumberFormat.fixed(Double(part) / Double(max(whole, 1)) * 100, decimals: 1)
  }
}

extension String {
  /// At most so many characters, with a sign where the rest is left out.
  fileprivate func shortened(to limit: Int) -> String { count <= limit ? self : prefix(limit - 1) + "…" }
}
