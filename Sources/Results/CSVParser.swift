// SPDX-License-Identifier: MIT

/// Reads RFC 4180 rows from bytes that come in pieces of any size; lines may end in LF or CR LF.
///
/// A row counts only once its line end has been seen: what follows the last line end was torn off while it was written.
/// Memory is bounded by the longest row.
public struct CSVParser {
  private enum State {
    /// In a field without quotes, or before any field.
    case unquoted
    case quoted
    /// After a quote inside quotes: the field's end, or the first half of an escaped quote.
    case quote
    case carriageReturn
  }

  private var state = State.unquoted
  private var row = CSVRow()

  public init() {}

  /// Takes the next bytes and hands over every row that is complete with them.
  ///
  /// - Throws: `CSVFault`, or what `row` throws; the parser is of no use after either.
  public mutating func parse(_ bytes: Span<UInt8>, row body: (CSVRow) throws -> Void) throws {
    var index = 0
    while index < bytes.count {
      let stretchEnd = endOfStretch(in: bytes, from: index)
      if stretchEnd > index { row.append(bytes.extracting(index..<stretchEnd)) }
      guard stretchEnd < bytes.count else { return }
      if try take(bytes[stretchEnd]) {
        try body(row)
        row = CSVRow(asLargeAs: row)
      }
      index = stretchEnd + 1
    }
  }

  /// Takes the next bytes and hands over every row that is complete with them, as text.
  ///
  /// - Throws: `CSVFault`, or what `row` throws; the parser is of no use after either.
  public mutating func parse(_ bytes: some Sequence<UInt8>, row body: ([String]) throws -> Void) throws {
    let bytes = Array(bytes)
    try parse(bytes.span) { try body($0.texts) }
  }

  /// Where the bytes end that belong to the current field as they are.
  private func endOfStretch(in bytes: Span<UInt8>, from start: Int) -> Int {
    var index = start
    switch state {
    case .unquoted:
      while index < bytes.count, !Self.isSpecial(bytes[index]) { index += 1 }
    case .quoted:
      while index < bytes.count, bytes[index] != UInt8(ascii: "\"") { index += 1 }
    case .quote, .carriageReturn:
      break
    }
    return index
  }

  /// Whether a byte means something outside quotes.
  private static func isSpecial(_ byte: UInt8) -> Bool {
    // All of them are at most a comma; of other text little is.
    guard byte <= UInt8(ascii: ",") else { return false }
    return byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\"")
      || byte == UInt8(ascii: "\r")
  }

  /// Takes a byte that is not simply the field's, and returns whether it has completed the row.
  private mutating func take(_ byte: UInt8) throws(CSVFault) -> Bool {
    switch (state, byte) {
    case (.quoted, _):
      state = .quote
    case (.quote, UInt8(ascii: "\"")):
      row.append(byte)
      state = .quoted
    case (.carriageReturn, let byte) where byte != UInt8(ascii: "\n"):
      throw .loneCarriageReturn
    case (_, UInt8(ascii: ",")):
      try row.endField()
      state = .unquoted
    case (_, UInt8(ascii: "\n")):
      try row.endField()
      state = .unquoted
      return true
    case (_, UInt8(ascii: "\r")):
      state = .carriageReturn
    case (.quote, _):
      throw .textAfterQuote
    default:
      // A quote outside quotes.
      guard row.isAtFieldStart else { throw .strayQuote }
      state = .quoted
    }
    return false
  }
}
