// SPDX-License-Identifier: MIT

import CZstd

/// What zstd decompresses from a file, in constant memory.
final class ZstdContent: ContentStream {
  static let magic: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd]

  private let bytes: TraceBytes
  private let context: OpaquePointer
  private var rest: Range<Int>
  /// Whether all frames begun so far are complete.
  private var isBetweenFrames = true

  private static let inputByteCount = 1 << 20
  /// Base-two logarithm of the window that every decoder is to support, RFC 8878, section 3.1.1.1.2; a frame may ask
  /// for more than its file is worth.
  private static let windowLogLimit: Int32 = 23

  init(_ bytes: TraceBytes) throws(TraceError) {
    self.bytes = bytes
    rest = 0..<bytes.count
    guard let context = ZSTD_createDCtx() else {
      throw .system(call: "ZSTD_createDCtx", path: bytes.path, errno: 0)
    }
    self.context = context
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, Self.windowLogLimit)
  }

  deinit { ZSTD_freeDCtx(context) }

  var byteOffset: UInt64 { UInt64(rest.lowerBound) }

  func read(into target: UnsafeMutableRawBufferPointer) throws(TraceError) -> Int {
    while true {
      if rest.isEmpty, isBetweenFrames { return 0 }
      let input = rest.prefix(Self.inputByteCount)
      var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
      let (status, used) = bytes.withBytes(input) { source in
        var source = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
        let status = ZSTD_decompressStream(context, &output, &source)
        return (status, source.pos)
      }
      rest.removeFirst(used)
      guard ZSTD_isError(status) == 0 else {
        throw fault("zstd says: \(String(cString: ZSTD_getErrorName(status)))")
      }
      bytes.discard(before: rest.lowerBound)
      isBetweenFrames = status == 0
      if output.pos > 0 { return output.pos }
      guard used > 0 || isBetweenFrames else { throw fault("the file ends early") }
    }
  }

  private func fault(_ what: String) -> TraceError {
    .malformed(path: bytes.path, byteOffset: byteOffset, what: what)
  }
}
