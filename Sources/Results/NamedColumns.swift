// SPDX-License-Identifier: MIT

/// Reads a CSV file whose first row names the columns, row by row, in constant memory. Columns that were not asked for
/// are passed over, and a last row without its line end was torn off and is not read.
public struct NamedColumns: Sendable {
  public let path: String
  private let names: [String]

  /// - Parameter names: The columns to read; a file that lacks one cannot be read.
  public init(path: String, names: [String]) {
    self.path = path
    self.names = names
  }

  /// Hands over every row with the places of the columns in it, in the order of their names.
  public func forEachRow(_ body: (CSVRow, _ places: [Int]) throws -> Void) throws {
    var parser = CSVParser()
    var rowCount: UInt64 = 0
    var fieldCount = 0
    var places: [Int] = []
    do {
      try ReadOnlyFile(path: path).forEachChunk { bytes in
        try parser.parse(bytes) { row in
          rowCount += 1
          guard rowCount > 1 else {
            (fieldCount, places) = (row.count, try self.places(in: row.texts))
            return
          }
          guard row.count == fieldCount else {
            throw ResultsError.fieldCount(path: path, row: rowCount, expected: fieldCount, found: row.count)
          }
          try body(row, places)
        }
      }
    } catch let fault as CSVFault {
      throw ResultsError.malformedRow(path: path, row: rowCount + 1, fault: fault)
    }
  }

  private func places(in header: [String]) throws(ResultsError) -> [Int] {
    let missing = names.filter { !header.contains($0) }
    guard missing.isEmpty else { throw .missingColumns(path: path, names: missing) }
    return names.compactMap { header.lastIndex(of: $0) }
  }

  /// The names in a file's first row; none when it has no whole row, or when that is not CSV.
  public static func header(path: String) throws -> [String] {
    struct Enough: Error {}
    var parser = CSVParser()
    var header: [String] = []
    do {
      try ReadOnlyFile(path: path).forEachChunk { bytes in
        try parser.parse(bytes) { row in
          header = row.texts
          throw Enough()
        }
      }
    } catch is Enough {
      return header
    } catch is CSVFault {
      return []
    }
    return []
  }
}
