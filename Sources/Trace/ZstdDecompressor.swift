// SPDX-License-Identifier: MIT

import CZstd

/// Decompresses zstd frames whose content size is known and bounded.
struct ZstdDecompressor: ~Copyable {
  private let context: OpaquePointer

  /// Nil when there is no memory for it.
  init?() {
    guard let context = ZSTD_createDCtx() else { return nil }
    self.context = context
  }

  deinit { ZSTD_freeDCtx(context) }

  /// How many bytes a frame says that it holds, or nil when it does not say.
  static func contentByteCount(of frame: UnsafeRawBufferPointer) -> Int? {
    let byteCount = ZSTD_getFrameContentSize(frame.baseAddress, frame.count)
    return byteCount <= UInt64(Int32.max) ? Int(byteCount) : nil
  }

  /// Decompresses to exactly `byteCount` bytes; false when the frame is damaged or has another
  /// content size.
  func decompress(
    _ frame: UnsafeRawBufferPointer, byteCount: Int, into content: inout FlatArray<UInt8>
  ) -> Bool {
    guard Self.contentByteCount(of: frame) == byteCount else { return false }
    content.resize(to: byteCount, repeating: 0)
    let context = self.context
    return content.withUnsafeMutableBytes { target in
      ZSTD_decompressDCtx(context, target.baseAddress, target.count, frame.baseAddress, frame.count) == byteCount
    }
  }
}
