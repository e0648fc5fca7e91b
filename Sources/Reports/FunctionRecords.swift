// SPDX-License-Identifier: MIT

import Profiling

/// What was counted in each function, for programs: a record for each function in which, or below which, something was.
public enum FunctionRecords {
  /// The records, most first. Of each measure there are two columns: what was counted in the function by itself, and, with
  /// `_total`, in it and all that it called. Names are those of the measures; times are in nanoseconds.
  public static func table(of totals: FunctionTotals) -> RecordTable {
    let columns = totals.measures.map(column)
    var table = RecordTable(
      fields: ["function", "module", "build_id", "origin", "is_inlined"] + columns.flatMap { [$0, $0 + "_total"] })
    for row in totals.rows where row.own.contains(where: { $0 != 0 }) || row.total.contains(where: { $0 != 0 }) {
      let place: [FieldValue] = [
        .text(row.frame.function), .text(row.frame.module.path), .text(row.frame.module.buildIdentifier),
        .text(row.frame.origin == .kernel ? "kernel" : "user"), .flag(row.frame.isInlined),
      ]
      table.append(place + zip(row.own, row.total).flatMap { [value($0), value($1)] })
    }
    return table
  }

  /// `cpu_time_ns`, `cycles`, `allocated_bytes`.
  private static func column(_ measure: ProfileMeasure) -> String {
    String(measure.name.map { $0.isLetter || $0.isNumber ? $0 : "_" }) + (measure.unit == .nanoseconds ? "_ns" : "")
  }

  /// Differences may be less than nothing.
  private static func value(_ number: Int64) -> FieldValue {
    UInt64(exactly: number).map(FieldValue.integer) ?? .real(Double(number))
  }
}
