// SPDX-License-Identifier: MIT

/// Why results could not be read or written.
public enum ResultsError: Error, Equatable {
  /// A system call failed.
  case system(call: String, path: String, errno: Int32)
  /// Another process, or this one, is writing the file; who, when the kernel tells.
  case locked(path: String, holderProcessIdentifier: Int32?)
  /// A row is not RFC 4180.
  case malformedRow(path: String, row: UInt64, fault: CSVFault)
  /// The header lacks columns that a reader needs.
  case missingColumns(path: String, names: [String])
  /// The rows mean something else than this program's.
  case unsupportedSchema(path: String, row: UInt64, found: String)
  /// A row has more or fewer fields than the header.
  case fieldCount(path: String, row: UInt64, expected: Int, found: Int)
  /// A field is no value of its column.
  case malformedValue(path: String, row: UInt64, column: String, text: String)
  /// SHA-256 is not to be had from the system's libcrypto.
  case digestUnavailable
}
