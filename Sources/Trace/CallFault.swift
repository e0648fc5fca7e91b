// SPDX-License-Identifier: MIT

/// Why a call in another tool's trace cannot be taken; whoever reads the file adds its name and the place.
enum CallFault: Error {
  /// It is not written as the format has it, or is no call that a program can have made.
  case malformed(String)
  /// The file is of another version of its format.
  case unsupportedVersion(found: UInt32, supported: ClosedRange<UInt32>)
  /// The file cannot serve, although nothing is wrong with it.
  case unsuitable(what: String, remedy: String)
}
