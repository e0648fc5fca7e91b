// SPDX-License-Identifier: MIT

/// Where a record of a file ends.
enum RecordFraming {
  /// At a line end outside quotes.
  case csv
  /// At every line end.
  case lines

  /// How many bytes of a file its whole records make up; what follows them was torn off while it was written.
  func wholeByteCount(ofFile path: String) throws -> Int64 {
    var offset: Int64 = 0
    var wholeByteCount: Int64 = 0
    var isQuoted = false
    try ReadOnlyFile(path: path).forEachChunk { bytes in
      for (index, byte) in bytes.enumerated() {
        switch byte {
        case UInt8(ascii: "\"") where self == .csv: isQuoted.toggle()
        case UInt8(ascii: "\n") where !isQuoted: wholeByteCount = offset + Int64(index) + 1
        default: break
        }
      }
      offset += Int64(bytes.count)
    }
    return wholeByteCount
  }
}
