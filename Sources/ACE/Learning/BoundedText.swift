// SPDX-License-Identifier: MIT

/// Text written into memory of a fixed size, cut where that ends, with a zero byte behind it.
struct BoundedText {
  private let bytes: UnsafeMutableRawBufferPointer
  private var count = 0

  init(_ bytes: UnsafeMutableRawBufferPointer) {
    self.bytes = bytes
    bytes[0] = 0
  }

  mutating func append(_ text: StaticString) {
    var index = 0
    while index < text.utf8CodeUnitCount {
      append(text.utf8Start[index])
      index += 1
    }
  }

  mutating func append(_ number: UInt32) {
    if number >= 10 { append(number / 10) }
    append(UInt8(48 + number % 10))
  }

  mutating func append(
    _ before: StaticString, _ first: UInt32, _ between: StaticString, _ second: UInt32, _ after: StaticString
  ) {
    append(before)
    append(first)
    append(between)
    append(second)
    append(after)
  }

  private mutating func append(_ byte: UInt8) {
    guard count < bytes.count - 1 else { return }
    bytes[count] = byte
    count += 1
    bytes[count] = 0
  }
}
