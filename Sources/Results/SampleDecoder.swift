// SPDX-License-Identifier: MIT

/// Turns the rows of a samples file into samples; the first row says which column is where.
///
/// Rows repeat most of what the row before them says, so each is taken as a change to that one: only fields with other
/// bytes are read, and text that stays the same is shared by all samples.
struct SampleDecoder {
  private let path: String
  /// For each field of a row, the column it belongs to; nil where the column is not known.
  private var columns: [SampleColumn?] = []
  private var missing: [String] = []
  private var versionIndex = 0
  /// The latest row that was read, and what it says.
  private var latestRow = CSVRow()
  private var sample = SampleSchema.blank
  /// Rows taken so far, the header included.
  private(set) var rowCount: UInt64 = 0

  init(path: String) { self.path = path }

  /// The sample of a row, or nil for the header. After an error the decoder is of no use.
  mutating func decode(_ row: CSVRow) throws(ResultsError) -> Sample? {
    rowCount += 1
    guard rowCount > 1 else {
      try readHeader(row.texts)
      return nil
    }
    guard row.count == columns.count else {
      throw .fieldCount(path: path, row: rowCount, expected: columns.count, found: row.count)
    }
    // The version comes before everything else: in another one, other columns may be missing for good reason.
    guard row.text(at: versionIndex) == SampleSchema.version else {
      throw .unsupportedSchema(path: path, row: rowCount, found: row.text(at: versionIndex))
    }
    guard missing.isEmpty else { throw .missingColumns(path: path, names: missing) }
    for index in 0..<row.count where !row.repeats(latestRow, at: index) {
      guard let column = columns[index], !row.withField(at: index, { column.read($0, &sample) }) else { continue }
      throw .malformedValue(path: path, row: rowCount, column: column.name, text: row.text(at: index))
    }
    latestRow = row
    return sample
  }

  private mutating func readHeader(_ names: [String]) throws(ResultsError) {
    columns = names.enumerated().map { index, name in
      // Of columns with the same name the last one counts.
      names[(index + 1)...].contains(name) ? nil : SampleSchema.columns.first { $0.name == name }
    }
    missing = SampleSchema.columns.filter { $0.isRequired && !names.contains($0.name) }.map(\.name)
    guard let index = names.firstIndex(of: SampleSchema.versionColumn) else {
      throw .missingColumns(path: path, names: missing)
    }
    versionIndex = index
  }
}
