// SPDX-License-Identifier: MIT

import Results

/// Records with the same fields, to be printed in any format.
public struct RecordTable: Equatable, Sendable {
  /// The names of the fields, as CSV and JSON have them; text and Markdown show them as titles.
  public var fields: [String]
  public private(set) var records: [[FieldValue]] = []

  public init(fields: [String]) { self.fields = fields }

  /// Adds a record with a value for each field.
  public mutating func append(_ record: [FieldValue]) {
    precondition(record.count == fields.count, "a record has a value for each field")
    records.append(record)
  }

  /// The records in a format, the last line ended as well.
  ///
  /// - Parameters:
  ///   - isColored: Whether `text` may use ANSI escape sequences.
  ///   - width: Columns of the terminal, for `text`; nil for no limit.
  public func render(_ format: OutputFormat, isColored: Bool = false, width: Int? = nil) -> String {
    switch format {
    case .text: table.render(isColored ? .colored : .plain, width: width)
    case .markdown: table.render(.markdown)
    case .csv: csv
    case .json: json
    }
  }

  private var table: TextTable {
    let columns = fields.indices.map { index in
      TextTable.Column(fields[index], isNumeric(index) ? .right : .left)
    }
    var table = TextTable(columns: columns)
    for record in records { table.append(record.map { TextTable.Entry($0.text) }) }
    return table
  }

  private var csv: String {
    var bytes: [UInt8] = []
    CSVEncoder.append(fields, to: &bytes)
    for record in records { CSVEncoder.append(record.map(\.text), to: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private var json: String {
    let objects = records.map { record in
      let members = zip(fields, record).map { FieldValue.quoted($0) + ": " + $1.json }
      return "  {" + members.joined(separator: ", ") + "}"
    }
    return objects.isEmpty ? "[]\n" : "[\n" + objects.joined(separator: ",\n") + "\n]\n"
  }

  /// Whether a column has numbers and nothing but.
  private func isNumeric(_ index: Int) -> Bool {
    var hasNumber = false
    for record in records {
      switch record[index] {
      case .integer, .real: hasNumber = true
      case .text, .flag: return false
      case .none: continue
      }
    }
    return hasNumber
  }
}
