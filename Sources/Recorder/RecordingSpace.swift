// SPDX-License-Identifier: MIT

/// Zeroed memory at the end of a mapped chunk.
struct RecordingSpace {
  /// Below this, what is left of a chunk is given up: a segment of a few events would cost more than it holds.
  static let smallestByteCount = 1 << 10

  var start: UnsafeMutableRawPointer
  /// The end of the chunk.
  var end: UnsafeMutableRawPointer

  var byteCount: Int { end - start }
  var isWorthwhile: Bool { byteCount >= Self.smallestByteCount }
  var chunk: UnsafeMutableRawPointer { end - RawLayout.chunkByteCount }
}
