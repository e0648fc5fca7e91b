// SPDX-License-Identifier: MIT

extension String {
  /// The text of a field.
  init(field: Span<UInt8>) {
    self = field.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}
