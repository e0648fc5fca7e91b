// SPDX-License-Identifier: MIT

/// Reads RFC 4180 rows from bytes that come in pieces of any size; lines may end in LF or CR LF.
///
/// A row counts only once its line end has been seen: what follows the last line end was torn off while it was written.
/// Memory is bounded by the longest row.
public struct CSVParser {
  private enum State {
    case fieldStart
    case unquoted
    case quoted
    /// After a quote inside quotes: the field's end, or the first half of an escaped quote.
    case quote
    case carriageReturn
  }

  private var state = State.fieldStart
  private var field: [UInt8] = []
  private var fields: [String] = []

  public init() {}

  /// Takes the next bytes and hands over every row that is complete with them.
  ///
  /// - Throws: `CSVFault`, or what `row` throws; the parser is of no use after either.
  public mutating func parse(_ bytes: some Sequence<UInt8>, row: ([String]) throws -> Void) throws {
    for byte in bytes {
      if let finished = try take(byte) { try row(finished) }
    }
  }

  private mutating func take(_ byte: UInt8) throws(CSVFault) -> [String]? {
    switch state {
    case .quoted:
      if byte == UInt8(ascii: "\"") { state = .quote } else { field.append(byte) }
      return nil
    case .quote where byte == UInt8(ascii: "\""):
      field.append(byte)
      state = .quoted
      return nil
    case .fieldStart where byte == UInt8(ascii: "\""):
      state = .quoted
      return nil
    case .carriageReturn where byte != UInt8(ascii: "\n"):
      throw .loneCarriageReturn
    case .fieldStart, .unquoted, .quote, .carriageReturn:
      return try takeUnquoted(byte)
    }
  }

  private mutating func takeUnquoted(_ byte: UInt8) throws(CSVFault) -> [String]? {
    switch byte {
    case UInt8(ascii: ","):
      try endField()
    case UInt8(ascii: "\n"):
      return try endRow()
    case UInt8(ascii: "\r"):
      state = .carriageReturn
    case _ where state == .quote:
      throw .textAfterQuote
    case UInt8(ascii: "\""):
      throw .strayQuote
    default:
      state = .unquoted
      field.append(byte)
    }
    return nil
  }

  private mutating func endField() throws(CSVFault) {
    guard let text = String(validating: field, as: UTF8.self) else { throw .notUTF8 }
    fields.append(text)
    field.removeAll(keepingCapacity: true)
    state = .fieldStart
  }

  private mutating func endRow() throws(CSVFault) -> [String] {
    try endField()
    defer { fields.removeAll(keepingCapacity: true) }
    return fields
  }
}
