// SPDX-License-Identifier: MIT

import CACE

/// A line of text, put together on the stack and written in one call.
struct MessageLine {
  private var bytes = InlineArray<240, UInt8>(repeating: 0)
  private var count = 0

  init(_ text: StaticString) { append(text) }

  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { for byte in $0 { append(byte) } }
  }

  /// Foreign text: what would end the line or steer a terminal is shown as a question mark.
  mutating func append(_ text: TextSlice) {
    for index in 0..<text.count {
      let byte = UInt8(bitPattern: text.start[index])
      append(byte < 32 || byte == 127 ? 63 : byte)
    }
  }

  mutating func append(_ byte: UInt8) {
    // One place is kept for the end of the line.
    guard count < 239 else { return }
    bytes[unchecked: count] = byte
    count += 1
  }

  mutating func append(_ number: UInt64) {
    if number >= 10 { append(number / 10) }
    append(UInt8(truncatingIfNeeded: 48 + number % 10))
  }

  mutating func append(_ number: UInt64, _ text: StaticString) {
    append(number)
    append(text)
  }

  mutating func appendHexadecimal(_ number: UInt64) {
    append("0x")
    var shift: UInt64 = 60
    while shift > 0, number >> shift == 0 { shift -= 4 }
    while true {
      let digit = UInt8(truncatingIfNeeded: (number >> shift) & 15)
      append(digit < 10 ? 48 + digit : 87 + digit)
      if shift == 0 { break }
      shift -= 4
    }
  }

  /// Ends the line and writes it to a file descriptor.
  mutating func write(to descriptor: Int32) {
    bytes[unchecked: count] = 10
    let span = bytes.span
    span.withUnsafeBytes { _ = CACE.write(descriptor, $0.baseAddress, count + 1) }
  }

  /// Ends the line and writes it to a stream of the C library.
  mutating func write(to stream: UnsafeMutableRawPointer) {
    bytes[unchecked: count] = 10
    let span = bytes.span
    span.withUnsafeBytes { ace_write_to_stream(stream, $0.baseAddress.unsafelyUnwrapped, count + 1) }
  }
}
