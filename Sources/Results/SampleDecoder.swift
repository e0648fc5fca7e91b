// SPDX-License-Identifier: MIT

/// Turns the rows of a samples file into samples; the first row says which column is where.
struct SampleDecoder {
  private let path: String
  /// For each field of a row, the column it belongs to; nil where the column is not known.
  private var columns: [SampleColumn?] = []
  private var missing: [String] = []
  private var versionIndex = 0
  /// Rows taken so far, the header included.
  private(set) var rowCount: UInt64 = 0

  init(path: String) { self.path = path }

  /// The sample of a row, or nil for the header.
  mutating func decode(_ fields: [String]) throws(ResultsError) -> Sample? {
    rowCount += 1
    guard rowCount > 1 else {
      try readHeader(fields)
      return nil
    }
    guard fields.count == columns.count else {
      throw .fieldCount(path: path, row: rowCount, expected: columns.count, found: fields.count)
    }
    // The version comes before everything else: in another one, other columns may be missing for good reason.
    guard fields[versionIndex] == String(Sample.schemaVersion) else {
      throw .unsupportedSchema(path: path, row: rowCount, found: fields[versionIndex])
    }
    guard missing.isEmpty else { throw .missingColumns(path: path, names: missing) }
    var sample = SampleSchema.blank
    for (column, text) in zip(columns, fields) {
      guard let column, !column.read(text, &sample) else { continue }
      throw .malformedValue(path: path, row: rowCount, column: column.name, text: text)
    }
    return sample
  }

  private mutating func readHeader(_ names: [String]) throws(ResultsError) {
    columns = names.map { name in SampleSchema.columns.first { $0.name == name } }
    missing = SampleSchema.columns.filter { $0.isRequired && !names.contains($0.name) }.map(\.name)
    guard let index = names.firstIndex(of: SampleSchema.versionColumn) else {
      throw .missingColumns(path: path, names: missing)
    }
    versionIndex = index
  }
}
