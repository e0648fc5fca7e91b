// SPDX-License-Identifier: MIT

/// Why a trace could not be read or written.
public enum TraceError: Error, Equatable {
  /// A system call on the file failed.
  case system(call: String, path: String, errno: Int32)
  /// The file is in none of the formats that can be read.
  case unknownFormat(path: String)
  /// The file is a trace of a version that this program does not read.
  case unsupportedVersion(path: String, found: UInt32, supported: ClosedRange<UInt32>)
  /// Nothing is wrong with the file, but what it is cannot be read as a trace; `remedy` is what to do.
  case unsuitable(path: String, what: String, remedy: String)
  /// The file ends, or contradicts itself, at a byte offset.
  case malformed(path: String, byteOffset: UInt64, what: String)
  /// The events given to a writer are not those of any program: `eventIndex` counts them from 0.
  case inconsistentEvents(path: String, eventIndex: UInt64, what: String)
}
