// SPDX-License-Identifier: MIT

import Testing

@testable import ACEHosted

@Suite("Parts of C strings") struct TextSliceTests {
  private func with<Result>(_ text: String, _ body: (TextSlice) -> Result) -> Result {
    text.withCString { body(TextSlice($0)) }
  }

  private func string(_ slice: TextSlice) -> String {
    String(decoding: UnsafeRawBufferPointer(start: slice.start, count: slice.count), as: UTF8.self)
  }

  @Test(arguments: ["", "a", "ACE_POLICY", "ACE_POLICY=1", "ä"])
  func wholeStringsAreEqualToThemselvesOnly(text: String) {
    #expect(with(text) { $0.count } == text.utf8.count)
    #expect(with(text) { $0 == "ACE_POLICY" } == (text == "ACE_POLICY"))
    #expect(with(text) { $0 == "" } == text.isEmpty)
    #expect(with(text) { $0.hasPrefix("ACE_") } == text.hasPrefix("ACE_"))
    #expect(with(text) { $0.hasPrefix("") })
  }

  @Test(
    arguments: [
      ("", "", nil), ("a", "a", nil), ("=", "", ""), ("a=", "a", ""), ("=b", "", "b"), ("a=b", "a", "b"),
      ("a=b=c", "a", "b=c"), ("==", "", "="),
    ] as [(String, String, String?)])
  func splitsAtTheFirst(text: String, before: String, after: String?) {
    let parts = with(text) { slice in
      let (before, after) = slice.split(at: UInt8(ascii: "="))
      return (string(before), after.map(string))
    }
    #expect(parts.0 == before)
    #expect(parts.1 == after)
  }

  @Test func dropsTheFirst() {
    for count in 0...5 { #expect(with("abcde") { string($0.dropFirst(count)) } == String("abcde".dropFirst(count))) }
  }

  @Test(
    arguments: [
      ("0", 0), ("7", 7), ("007", 7), ("18446744073709551615", UInt64.max), ("18446744073709551616", nil),
      ("18446744073709551620", nil), ("99999999999999999999999", nil), ("", nil), ("-1", nil), ("+1", nil), (" 1", nil),
      ("1 ", nil), ("1k", nil), ("0x10", nil), ("/", nil), (":", nil),
    ] as [(String, UInt64?)])
  func numbersAreWholeAndDecimal(text: String, number: UInt64?) { #expect(with(text) { $0.number } == number) }

  @Test func numbersAreReadAsTheyArePrinted() {
    var randomness = Randomness(seed: 1)
    for _ in 0..<1_000 {
      let number = randomness.next() >> randomness.below(64 as UInt64)
      #expect(with(String(number)) { $0.number } == number)
    }
  }
}
