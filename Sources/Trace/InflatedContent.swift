// SPDX-License-Identifier: MIT

import CZlib

/// What zlib decompresses from a file or a part of it, in constant memory.
final class InflatedContent: ContentStream {
  enum Wrapper {
    /// Gzip members, one after another, to the end of the file.
    case gzip
    /// One bare stream, which fills the part, as in a zip.
    case none
  }

  private let bytes: TraceBytes
  private let wrapper: Wrapper
  private let state: UnsafeMutablePointer<z_stream>
  private var rest: Range<Int>
  private var hasEnded = false

  /// Input is handed over in parts, because zlib counts it in 32 bits.
  private static let inputByteCount = 1 << 20

  init(_ bytes: TraceBytes, range: Range<Int>? = nil, wrapper: Wrapper) throws(TraceError) {
    self.bytes = bytes
    self.wrapper = wrapper
    rest = range ?? 0..<bytes.count
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    // 15 is the largest window; 16 more asks for a gzip header, a negative number for none at all.
    let windowBits: Int32 = wrapper == .gzip ? 15 + 16 : -15
    guard inflateInit2_(state, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw .system(call: "inflateInit2", path: bytes.path, errno: 0)
    }
  }

  deinit {
    inflateEnd(state)
    state.deallocate()
  }

  var byteOffset: UInt64 { UInt64(rest.lowerBound) }

  func read(into target: UnsafeMutableRawBufferPointer) throws(TraceError) -> Int {
    var produced = 0
    while produced == 0, !hasEnded {
      let input = rest.prefix(Self.inputByteCount)
      let step = inflate(input, into: target)
      rest.removeFirst(step.used)
      if rest.lowerBound / Self.inputByteCount > input.lowerBound / Self.inputByteCount {
        bytes.discard(before: rest.lowerBound)
      }
      produced = step.produced
      switch step.status {
      case Z_STREAM_END: try endStream()
      case Z_OK where step.used > 0 || step.produced > 0: break
      case Z_BUF_ERROR where input.isEmpty, Z_OK where input.isEmpty: throw fault("the file ends early")
      default: throw fault("the \(name) stream is damaged")
      }
    }
    return produced
  }

  private var name: String { wrapper == .gzip ? "gzip" : "deflate" }

  private func fault(_ what: String) -> TraceError {
    .malformed(path: bytes.path, byteOffset: byteOffset, what: what)
  }

  private func endStream() throws(TraceError) {
    if rest.isEmpty {
      hasEnded = true
    } else {
      guard wrapper == .gzip else { throw fault("the deflate stream ends before its data") }
      // Several gzip members one after another are one file.
      guard inflateReset(state) == Z_OK else { throw fault("the gzip stream is damaged") }
    }
  }

  private func inflate(
    _ input: Range<Int>, into target: UnsafeMutableRawBufferPointer
  ) -> (status: Int32, used: Int, produced: Int) {
    bytes.withBytes(input) { source in
      state.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
      state.pointee.avail_in = UInt32(source.count)
      state.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
      let room = min(target.count, Int(UInt32.max))
      state.pointee.avail_out = UInt32(room)
      let status = CZlib.inflate(state, Z_NO_FLUSH)
      return (status, source.count - Int(state.pointee.avail_in), room - Int(state.pointee.avail_out))
    }
  }
}
