// SPDX-License-Identifier: MIT

/// Which rows of a file are meant, kept as ranges.
public struct RowNumbers: Equatable, Sendable, CustomStringConvertible {
  private var ranges: [ClosedRange<UInt64>] = []

  /// More ranges than this are not printed one by one.
  private static let printedRangeCount = 6

  public init() {}

  public init(_ row: UInt64) { ranges = [row...row] }

  /// Adds a row behind those that it has.
  public mutating func append(_ row: UInt64) {
    if let last = ranges.last, row == last.upperBound + 1 {
      ranges[ranges.count - 1] = last.lowerBound...row
    } else {
      ranges.append(row...row)
    }
  }

  /// "row 7", or "rows 5 to 9, 12".
  public var description: String {
    let parts = ranges.prefix(Self.printedRangeCount).map { range in
      range.count == 1
        ? "\(range.lowerBound)"
        : range.count == 2 ? "\(range.lowerBound), \(range.upperBound)" : "\(range.lowerBound) to \(range.upperBound)"
    }
    let rest = ranges.dropFirst(Self.printedRangeCount).reduce(0) { $0 + $1.count }
    let isSingle = ranges.count == 1 && ranges[0].count == 1
    return (isSingle ? "row " : "rows ") + parts.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
