// SPDX-License-Identifier: MIT

import Results

/// RFC 4180 read the plain way, from bytes that are all there: what the parser has to agree with.
struct NaiveCSV {
  private(set) var rows: [[[UInt8]]] = []
  private(set) var fault: CSVFault?

  private enum End {
    case field, row, file
  }

  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    var fields: [[UInt8]] = []
    while true {
      do throws(CSVFault) {
        let (field, end) = try Self.field(&rest)
        if end == .file { return }
        if String(validating: field, as: UTF8.self) == nil { throw CSVFault.notUTF8 }
        fields.append(field)
        if end == .row {
          rows.append(fields)
          fields = []
        }
      } catch {
        fault = error
        return
      }
    }
  }

  private static func field(_ rest: inout ArraySlice<UInt8>) throws(CSVFault) -> ([UInt8], End) {
    let quote = UInt8(ascii: "\"")
    var field: [UInt8] = []
    guard rest.first == quote else {
      field += rest.prefix { !",\r\n\"".utf8.contains($0) }
      rest = rest.dropFirst(field.count)
      if rest.first == quote { throw .strayQuote }
      return (field, try end(&rest))
    }
    rest = rest.dropFirst()
    while let byte = rest.first {
      rest = rest.dropFirst()
      if byte == quote && rest.first != quote {
        if let next = rest.first, !",\r\n".utf8.contains(next) { throw .textAfterQuote }
        return (field, try end(&rest))
      }
      // Of two quotes in a row the second is text.
      if byte == quote { rest = rest.dropFirst() }
      field.append(byte)
    }
    return (field, .file)
  }

  private static func end(_ rest: inout ArraySlice<UInt8>) throws(CSVFault) -> End {
    guard let byte = rest.first else { return .file }
    rest = rest.dropFirst()
    if byte == UInt8(ascii: ",") { return .field }
    if byte == UInt8(ascii: "\n") { return .row }
    guard let next = rest.first else { return .file }
    if next != UInt8(ascii: "\n") { throw .loneCarriageReturn }
    rest = rest.dropFirst()
    return .row
  }
}
