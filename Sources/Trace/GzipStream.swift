// SPDX-License-Identifier: MIT

import CZlib

/// The decompressed content of a gzip file, a byte at a time, in constant memory.
struct GzipStream: ~Copyable {
  private let bytes: TraceBytes
  private let state: UnsafeMutablePointer<z_stream>
  private var chunk = FlatArray<UInt8>()
  private var position = 0
  private var inputOffset = 0
  private var hasEnded = false

  private static let chunkByteCount = 1 << 16
  /// Input is handed over in parts, because zlib counts it in 32 bits.
  private static let inputByteCount = 1 << 20

  init(_ bytes: TraceBytes) throws(TraceError) {
    self.bytes = bytes
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    // 15 is the largest window; 16 more asks for a gzip header.
    guard inflateInit2_(state, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw .system(call: "inflateInit2", path: bytes.path, errno: 0)
    }
  }

  deinit {
    inflateEnd(state)
    state.deallocate()
  }

  /// Bytes of the file that have been used.
  var byteOffset: UInt64 { UInt64(inputOffset) }

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
    .malformed(path: bytes.path, byteOffset: byteOffset, what: what)
  }

  /// Decompresses until there is a byte or the end has come.
  private mutating func fill() throws(TraceError) {
    position = 0
    chunk.resize(to: Self.chunkByteCount, repeating: 0)
    var produced = 0
    while produced == 0, !hasEnded {
      let input = inputOffset..<min(inputOffset + Self.inputByteCount, bytes.count)
      let step = inflate(input)
      inputOffset += step.used
      if inputOffset / Self.inputByteCount > input.lowerBound / Self.inputByteCount {
        bytes.discard(before: inputOffset)
      }
      produced = step.produced
      switch step.status {
      case Z_STREAM_END:
        // Several gzip members one after another are one file.
        if inputOffset == bytes.count {
          hasEnded = true
        } else {
          guard inflateReset(state) == Z_OK else { throw fault("the gzip stream is damaged") }
        }
      case Z_OK where step.used > 0 || step.produced > 0: break
      case Z_BUF_ERROR where input.isEmpty, Z_OK where input.isEmpty: throw fault("the file ends early")
      default: throw fault("the gzip stream is damaged")
      }
    }
    chunk.resize(to: produced, repeating: 0)
  }

  private mutating func inflate(_ input: Range<Int>) -> (status: Int32, used: Int, produced: Int) {
    let state = self.state
    return bytes.withBytes(input) { source in
      chunk.withUnsafeMutableBytes { target in
        state.pointee.next_in = UnsafeMutablePointer(
          mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
        state.pointee.avail_in = UInt32(source.count)
        state.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
        state.pointee.avail_out = UInt32(target.count)
        let status = CZlib.inflate(state, Z_NO_FLUSH)
        return (
          status, source.count - Int(state.pointee.avail_in), target.count - Int(state.pointee.avail_out)
        )
      }
    }
  }
}
