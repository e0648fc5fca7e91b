// SPDX-License-Identifier: MIT

import Results
import TestSupport
import Testing

@Suite struct CSVTests {
  static func parse(_ bytes: [UInt8], chunkByteCount: Int = .max) throws -> [[String]] {
    var parser = CSVParser()
    var rows: [[String]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      try parser.parse(rest.prefix(chunkByteCount)) { rows.append($0) }
      rest = rest.dropFirst(chunkByteCount)
    }
    return rows
  }

  @Test("any rows survive the round trip, in pieces of any size", arguments: 0..<60 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let pieces = ["", ",", "\"", "\"\"", "\n", "\r", "\r\n", "a", "0.5", "é", "日本", "👩‍👩‍👧", " ", "\u{0}", "'", ";", "\\"]
    let rows = (0..<Int.random(in: 1...12, using: &random)).map { _ in
      (0..<Int.random(in: 1...6, using: &random)).map { _ in
        (0..<Int.random(in: 0...5, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      }
    }
    var bytes: [UInt8] = []
    for row in rows { CSVEncoder.append(row, to: &bytes) }
    let chunkByteCount = Int.random(in: 1...20, using: &random)
    // Compared as bytes: String takes CR LF and canonically equal characters for the same.
    let read = try Self.parse(bytes, chunkByteCount: chunkByteCount)
    #expect(read.map { $0.map { Array($0.utf8) } } == rows.map { $0.map { Array($0.utf8) } }, "seed \(seed)")
  }

  @Test("what spreadsheets write is read")
  func foreign() throws {
    #expect(
      try Self.parse(Array("a,b\r\n\"1\r\n2\",\"say \"\"hi\"\"\"\r\n,\r\n".utf8)) == [
        ["a", "b"], ["1\r\n2", "say \"hi\""], ["", ""],
      ])
  }

  @Test("a row without its line end is not a row")
  func torn() throws {
    #expect(try Self.parse(Array("a,b\nc,d".utf8)) == [["a", "b"]])
    #expect(try Self.parse(Array("a,b\nc,\"d\n".utf8)) == [["a", "b"]])
  }

  @Test(
    "what is not RFC 4180 is refused",
    arguments: [
      ("a\"b\n", CSVFault.strayQuote), ("\"a\"b\n", .textAfterQuote), ("a\rb\n", .loneCarriageReturn),
      ("\"a\" \n", .textAfterQuote),
    ])
  func malformed(text: String, fault: CSVFault) {
    #expect(throws: fault) { try Self.parse(Array(text.utf8)) }
  }

  @Test("bytes that are not UTF-8 are refused")
  func notText() {
    #expect(throws: CSVFault.notUTF8) { try Self.parse([0x61, 0xff, 0x0a]) }
  }
}
