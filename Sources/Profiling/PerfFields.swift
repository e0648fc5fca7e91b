// SPDX-License-Identifier: MIT

/// The fields of a record, taken from either end.
struct PerfFields {
  private var bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var count: Int { bytes.count }

  /// The first number; nil when too few bytes are left.
  mutating func removeFirst<Value: FixedWidthInteger>(_ type: Value.Type) -> Value? {
    let byteCount = MemoryLayout<Value>.size
    guard bytes.count >= byteCount else { return nil }
    let value = bytes.loadUnaligned(as: type)
    bytes = UnsafeRawBufferPointer(rebasing: bytes[byteCount...])
    return value
  }

  /// The last number; nil when too few bytes are left.
  mutating func removeLast<Value: FixedWidthInteger>(_ type: Value.Type) -> Value? {
    let start = bytes.count - MemoryLayout<Value>.size
    guard start >= 0 else { return nil }
    let value = bytes.loadUnaligned(fromByteOffset: start, as: type)
    bytes = UnsafeRawBufferPointer(rebasing: bytes[..<start])
    return value
  }

  /// What is left, up to the first zero, as a text.
  var text: String { String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }
}
