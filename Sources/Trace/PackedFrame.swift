// SPDX-License-Identifier: MIT

/// Where a frame is in a packed trace, and what its header claims.
struct PackedFrame {
  /// The compressed bytes, after the header.
  let bytes: Range<Int>
  let contentByteCount: Int
  let eventCount: Int

  /// Reads the header at an offset; the frame must end at `limit` or before.
  init(_ trace: TraceBytes, at offset: Int, limit: Int) throws(TraceError) {
    func fault(_ what: String) -> TraceError {
      .malformed(path: trace.path, byteOffset: UInt64(offset), what: what)
    }
    let begin = offset + PackedFormat.frameHeaderByteCount
    guard begin <= limit else { throw fault("a frame ends early") }
    let byteCount = Int(trace.integer(UInt32.self, at: offset))
    contentByteCount = Int(trace.integer(UInt32.self, at: offset + 4))
    eventCount = Int(trace.integer(UInt32.self, at: offset + 8))
    guard byteCount <= limit - begin else { throw fault("a frame ends early") }
    guard contentByteCount <= PackedFormat.contentByteLimit else { throw fault("a frame of \(contentByteCount) bytes") }
    guard eventCount > 0, eventCount <= PackedFormat.frameCapacity,
      eventCount <= (byteCount + 1) * PackedFormat.eventsPerByteLimit
    else { throw fault("a frame of \(eventCount) events in \(byteCount) bytes") }
    bytes = begin..<begin + byteCount
  }

  /// Decompresses the content.
  func decompress(
    _ trace: TraceBytes, with decompressor: borrowing ZstdDecompressor, into content: inout FlatArray<UInt8>
  ) throws(FrameFault) {
    let isWhole = trace.withBytes(bytes) { decompressor.decompress($0, byteCount: contentByteCount, into: &content) }
    guard isWhole else { throw FrameFault("a frame is damaged") }
  }
}
