// SPDX-License-Identifier: MIT

import CZstd

/// Compresses strings of bytes to zstd frames with a content size and a checksum.
struct ZstdCompressor: ~Copyable {
  private let context: OpaquePointer
  private var output = FlatArray<UInt8>()
  private var byteCount = 0

  /// Nil when there is no memory for it.
  init?(level: Int32) {
    guard let context = ZSTD_createCCtx() else { return nil }
    self.context = context
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 1)
  }

  deinit { ZSTD_freeCCtx(context) }

  /// Begins a frame whose content will have exactly this many bytes.
  mutating func begin(contentByteCount: Int) {
    ZSTD_CCtx_reset(context, ZSTD_reset_session_only)
    ZSTD_CCtx_setPledgedSrcSize(context, UInt64(contentByteCount))
    byteCount = 0
    // Every part ends a block, which costs a few bytes more than one string would.
    output.resize(to: ZSTD_compressBound(contentByteCount) + 1024, repeating: 0)
  }

  /// Adds a part; blocks do not reach over its end, so that each has symbol statistics of its own.
  mutating func append(_ part: UnsafeRawBufferPointer, isLast: Bool = false) {
    let context = self.context
    var position = byteCount
    output.withUnsafeMutableBytes { target in
      var input = ZSTD_inBuffer(src: part.baseAddress, size: part.count, pos: 0)
      var result = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: position)
      let left = ZSTD_compressStream2(context, &result, &input, isLast ? ZSTD_e_end : ZSTD_e_flush)
      precondition(left == 0, "the bound of compressed bytes does not hold")
      position = result.pos
    }
    byteCount = position
  }

  /// The bytes of the frame, valid during the call.
  func withFrame<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let byteCount = self.byteCount
    return try output.withUnsafeBytes { (bytes) throws(Failure) in
      try body(UnsafeRawBufferPointer(rebasing: bytes[..<byteCount]))
    }
  }
}
