// SPDX-License-Identifier: MIT

/// The decompressed content of a gzip file, a byte at a time, in constant memory.
struct GzipStream: ~Copyable {
  private let path: String
  private let content: InflatedContent
  private var chunk = FlatArray<UInt8>()
  private var position = 0

  private static let chunkByteCount = 1 << 16

  init(_ bytes: TraceBytes) throws(TraceError) {
    path = bytes.path
    content = try InflatedContent(bytes, wrapper: .gzip)
  }

  /// Bytes of the file that have been used.
  var byteOffset: UInt64 { content.byteOffset }

  /// The next byte, or nil at the end.
  mutating func next() throws(TraceError) -> UInt8? {
    if position == chunk.count {
      try fill()
      if position == chunk.count { return nil }
    }
    position &+= 1
    return chunk[position &- 1]
  }

  func fault(_ what: String) -> TraceError {
    .malformed(path: path, byteOffset: byteOffset, what: what)
  }

  /// Decompresses until there is a byte or the end has come.
  private mutating func fill() throws(TraceError) {
    position = 0
    chunk.resize(to: Self.chunkByteCount, repeating: 0)
    let content = self.content
    let produced = try chunk.withUnsafeMutableBytes { (target) throws(TraceError) in try content.read(into: target) }
    chunk.resize(to: produced, repeating: 0)
  }
}
