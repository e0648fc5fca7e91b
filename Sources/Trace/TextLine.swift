// SPDX-License-Identifier: MIT

import Glibc

/// A line of text, read from left to right; what has been read is no longer part of it.
///
/// The bytes are those of the stream that gave the line, and stay valid until it reads on. A number or word that is not
/// there moves nothing.
struct TextLine {
  private var begin: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>

  init(_ bytes: UnsafeRawBufferPointer, orEmptyAt place: UnsafePointer<UInt8>) {
    begin = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) ?? place
    end = begin + bytes.count
  }

  var count: Int { end - begin }
  var isEmpty: Bool { begin == end }
  /// The next byte; 0 at the end.
  @inline(__always)
  var first: UInt8 { begin == end ? 0 : begin.pointee }

  /// The rest as text; what is no UTF-8 is replaced.
  var text: String { String(decoding: UnsafeBufferPointer(start: begin, count: count), as: UTF8.self) }

  /// Takes this text if it comes next.
  @inline(__always)
  mutating func take(_ text: StaticString) -> Bool {
    guard text.utf8CodeUnitCount <= count, memcmp(begin, text.utf8Start, text.utf8CodeUnitCount) == 0 else {
      return false
    }
    begin += text.utf8CodeUnitCount
    return true
  }

  mutating func skipSpaces() {
    while begin != end, begin.pointee == UInt8(ascii: " ") { begin += 1 }
  }

  mutating func skip(_ byteCount: Int) { begin += min(byteCount, count) }

  /// Takes everything up to and with the last occurrence of a byte; false when there is none.
  mutating func skipPastLast(_ byte: Unicode.Scalar) -> Bool {
    var place = end
    while place != begin {
      place -= 1
      if place.pointee == UInt8(truncatingIfNeeded: byte.value) {
        begin = place + 1
        return true
      }
    }
    return false
  }

  /// Takes everything before the first occurrence of a text; false when there is none.
  mutating func skipBefore(_ text: String) -> Bool {
    var text = text
    let found: UnsafePointer<UInt8>? = text.withUTF8 { text in
      guard let first = text.first, let wanted = text.baseAddress else { return begin }
      var place = begin
      while end - place >= text.count, let next = memchr(place, Int32(first), end - place - text.count + 1) {
        place = UnsafePointer(next.assumingMemoryBound(to: UInt8.self))
        if memcmp(place, wanted, text.count) == 0 { return place }
        place += 1
      }
      return nil
    }
    guard let found else { return false }
    begin = found
    return true
  }

  /// A number in base ten; nil when there is no digit or it has more than 64 bits.
  @inline(__always)
  mutating func decimal() -> UInt64? {
    var value: UInt64 = 0
    var place = begin
    while place != end {
      let digit = place.pointee &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      // Nineteen digits always fit.
      if place - begin < 19 {
        value = value &* 10 &+ UInt64(digit)
      } else {
        let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
        let (sum, overflows) = product.addingReportingOverflow(UInt64(digit))
        guard !isTooLarge, !overflows else { return nil }
        value = sum
      }
      place += 1
    }
    guard place != begin else { return nil }
    begin = place
    return value
  }

  /// A number in base sixteen, in small or capital letters; nil when there is no digit or it has more than 64 bits.
  @inline(__always)
  mutating func hexadecimal() -> UInt64? {
    var value: UInt64 = 0
    var place = begin
    while place != end {
      var digit = place.pointee &- UInt8(ascii: "0")
      if digit > 9 {
        digit = (place.pointee | 0x20) &- UInt8(ascii: "a")
        guard digit < 6 else { break }
        digit += 10
      }
      guard value >> 60 == 0 else { return nil }
      value = value << 4 | UInt64(digit)
      place += 1
    }
    guard place != begin else { return nil }
    begin = place
    return value
  }

  /// An address as `printf("%p")` writes it; 0 for none.
  @inline(__always)
  mutating func address() -> UInt64? {
    if take("0x") { return hexadecimal() }
    if take("(nil)") { return 0 }
    return hexadecimal()
  }

  /// A word of letters, digits and underscores, which may be empty; for comparison only.
  mutating func identifier() -> TextLine {
    var place = begin
    while place != end {
      let letter = place.pointee | 0x20
      let isLetter = letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z")
      let isDigit = place.pointee >= UInt8(ascii: "0") && place.pointee <= UInt8(ascii: "9")
      guard isLetter || isDigit || place.pointee == UInt8(ascii: "_") else { break }
      place += 1
    }
    let word = TextLine(UnsafeRawBufferPointer(start: begin, count: place - begin), orEmptyAt: begin)
    begin = place
    return word
  }

  /// Whether the rest is exactly this.
  @inline(__always)
  func isExactly(_ text: StaticString) -> Bool {
    count == text.utf8CodeUnitCount && memcmp(begin, text.utf8Start, count) == 0
  }

  func hasPrefix(_ text: StaticString) -> Bool {
    text.utf8CodeUnitCount <= count && memcmp(begin, text.utf8Start, text.utf8CodeUnitCount) == 0
  }
}
