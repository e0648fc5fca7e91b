// SPDX-License-Identifier: MIT

import TestSupport
import Testing

@testable import Results

@Suite("Numbers in fields") struct DecimalTests {
  static let texts = [
    "", "0", "7", "-0", "+5", "-5", "007", " 1", "1 ", "1a", "a", "+", "-", "٣", "1.5", "1e3", "255", "256",
    "4294967296", "999999999999999999", "9999999999999999999", "18446744073709551615", "18446744073709551616",
    "-9223372036854775808", "000000000000000000000000000012",
  ]

  @Test("are read as the standard library reads their text", arguments: texts)
  func integers(text: String) {
    let bytes = Array(text.utf8)
    #expect(UInt64(decimal: bytes.span) == UInt64(text))
    #expect(UInt32(decimal: bytes.span) == UInt32(text))
    #expect(Int32(decimal: bytes.span) == Int32(text))
    #expect(UInt8(decimal: bytes.span) == UInt8(text))
  }

  @Test("are exact when they were counted, floating when not, and finite")
  func measured() {
    let expected: [(String, MetricValue?)] = [
      ("0", .count(0)), ("18446744073709551615", .count(.max)), ("18446744073709551616", .real(0x1p64)),
      ("+5", .real(5)), ("-5", .real(-5)), ("1e3", .real(1000)), ("1E-3", .real(0.001)), ("1.", .real(1)),
      ("", nil), ("e", nil), ("1e999", nil), ("nan", nil), ("inf", nil), ("0x1p3", nil), ("1,5", nil),
    ]
    for (text, value) in expected { #expect(MetricValue(decimal: Array(text.utf8).span) == value, "\(text)") }
  }

  @Test("read back as they were written")
  func roundTrip() {
    var random = SeededRandom(seed: 1)
    for _ in 0..<1000 {
      let value =
        Bool.random(using: &random)
        ? MetricValue.count(.random(in: 0...(.max), using: &random) >> UInt64.random(in: 0..<64, using: &random))
        : .real(.random(in: -1e9...1e9, using: &random))
      #expect(MetricValue(decimal: Array(value.text.utf8).span) == value, "\(value)")
    }
  }
}
