// SPDX-License-Identifier: MIT

/// Writes rows as RFC 4180 has them, lines ended by LF.
public enum CSVEncoder {
  /// Appends a row of at least one field.
  public static func append(_ fields: [String], to bytes: inout [UInt8]) {
    precondition(!fields.isEmpty, "a row has at least one field")
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      // A lone empty field is quoted, for an empty line would be no row to some readers.
      if fields.count == 1 && field.isEmpty || field.utf8.contains(where: needsQuotes) {
        appendQuoted(field, to: &bytes)
      } else {
        bytes.append(contentsOf: field.utf8)
      }
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private static func appendQuoted(_ field: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in field.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
