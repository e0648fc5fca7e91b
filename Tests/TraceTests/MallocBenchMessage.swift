// SPDX-License-Identifier: MIT

import CZlib

/// Builds malloc-bench traces by hand.
enum MallocBenchMessage {
  /// A line with one call: 1 malloc, 2 free, 3 realloc, 4 calloc; fields by number.
  static func line(_ call: UInt64, _ fields: KeyValuePairs<UInt64, UInt64>) -> [UInt8] {
    let values = fields.flatMap { varint($0.key << 3) + varint($0.value) }
    let message = varint(call << 3 | 2) + varint(UInt64(values.count)) + values
    return varint(1 << 3 | 2) + varint(UInt64(message.count)) + message
  }

  static func varint(_ value: UInt64) -> [UInt8] {
    value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7f) | 0x80] + varint(value >> 7)
  }

  /// Compresses bytes as a gzip file.
  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + 1024)
    deflateInit2_(
      &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    let count = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END, "gzip failed")
        return Int(stream.total_out)
      }
    }
    deflateEnd(&stream)
    return Array(output[..<count])
  }
}
