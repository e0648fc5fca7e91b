// SPDX-License-Identifier: MIT

import CZlib

/// Bytes that reach an output compressed, as one gzip member.
struct GzipOutput: ~Copyable {
  private let output: ProfileOutput
  private let state: UnsafeMutablePointer<z_stream>
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private static let bufferByteCount = 1 << 16

  /// - Throws: `system` when there is no memory for it.
  init(_ output: ProfileOutput) throws(ProfilingError) {
    self.output = output
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    buffer = .allocate(capacity: Self.bufferByteCount)
    // 15 is the largest window; 16 more asks for a gzip header. 8 is the usual memory.
    let result = deflateInit2_(
      state, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard result == Z_OK else { throw .system(call: "deflateInit2", path: "gzip", errno: result) }
  }

  deinit {
    deflateEnd(state)
    state.deallocate()
    buffer.deallocate()
  }

  /// Compresses bytes, fewer than 4 GiB of them.
  func write(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { deflate($0, Z_NO_FLUSH) } }

  /// Writes what is left.
  func finish() { deflate(UnsafeBufferPointer(start: nil, count: 0), Z_FINISH) }

  private func deflate(_ bytes: UnsafeBufferPointer<UInt8>, _ flush: Int32) {
    state.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
    state.pointee.avail_in = UInt32(bytes.count)
    repeat {
      state.pointee.next_out = buffer.baseAddress
      state.pointee.avail_out = UInt32(buffer.count)
      _ = CZlib.deflate(state, flush)
      output.write(UnsafeBufferPointer(rebasing: buffer[..<(buffer.count - Int(state.pointee.avail_out))]))
      // A buffer that was not filled up was enough.
    } while state.pointee.avail_out == 0
  }
}
