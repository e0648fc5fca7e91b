// SPDX-License-Identifier: MIT

/// Where a record of a file ends.
enum RecordFraming {
  /// At a line end outside quotes.
  case csv
  /// At every line end.
  case lines

  /// Line ends within quotes beyond which a row that does not end is not taken for torn. Rows hardly ever have one; a
  /// quote put in by hand makes everything after it look like one row, and that must not be cut away.
  private static let quotedLineEndLimit = 3

  /// How many bytes of a file its whole records make up; what follows them was torn off while it was written.
  func wholeByteCount(ofFile path: String) throws -> Int64 {
    var offset: Int64 = 0
    var wholeByteCount: Int64 = 0
    var wholeRowCount: UInt64 = 0
    var isQuoted = false
    var quotedLineEndCount = 0
    try ReadOnlyFile(path: path).forEachChunk { bytes in
      for index in bytes.indices {
        let byte = bytes[index]
        if byte == UInt8(ascii: "\"") && self == .csv {
          isQuoted.toggle()
        } else if byte == UInt8(ascii: "\n") && isQuoted {
          quotedLineEndCount += 1
        } else if byte == UInt8(ascii: "\n") {
          wholeByteCount = offset + Int64(index) + 1
          wholeRowCount += 1
          quotedLineEndCount = 0
        }
      }
      offset += Int64(bytes.count)
    }
    guard quotedLineEndCount <= Self.quotedLineEndLimit else {
      throw ResultsError.malformedRow(path: path, row: wholeRowCount + 1, fault: .unclosedQuote)
    }
    return wholeByteCount
  }
}
