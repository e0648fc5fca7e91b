// SPDX-License-Identifier: MIT

/// The content of a file from its begin to its end: the bytes themselves, or what they decompress to.
protocol ContentStream: AnyObject {
  /// Bytes of the file that have been used, for errors.
  var byteOffset: UInt64 { get }

  /// Writes the next bytes of the content into a buffer that has room for at least one, and says how many; 0 at the
  /// end.
  ///
  /// - Throws: `TraceError.malformed` where the file is damaged.
  func read(into target: UnsafeMutableRawBufferPointer) throws(TraceError) -> Int
}
