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

  /// The rows of bytes that come in pieces, as bytes, and what ended them.
  static func outcome(of pieces: [ArraySlice<UInt8>]) -> (rows: [[[UInt8]]], fault: CSVFault?) {
    var parser = CSVParser()
    var rows: [[[UInt8]]] = []
    do {
      for piece in pieces {
        let piece = Array(piece)
        try parser.parse(piece.span) { row in
          rows.append((0..<row.count).map { row.withField(at: $0) { field in field.indices.map { field[$0] } } })
        }
      }
      return (rows, nil)
    } catch {
      return (rows, error as? CSVFault)
    }
  }

  @Test(
    "bytes may be cut in three anywhere",
    arguments: [
      "a,\"b \"\"c\"\",\nd\",\r\n,\"\",\"é日\r\n\"\r\nlast,\"\"\"\"\nto", "é,\"👩‍👩‍👧\"\n,\n\n\"\"\n", "a\r\nb\rc\n",
      "a\r\nb\"c\n", "a\r\n\"b\" c\n",
    ])
  func splits(text: String) {
    let bytes = Array(text.utf8)
    let expected = NaiveCSV(bytes)
    for first in bytes.indices {
      for second in first..<bytes.count {
        let read = Self.outcome(of: [bytes[..<first], bytes[first..<second], bytes[second...]])
        #expect(read.rows == expected.rows, "cut at \(first) and \(second)")
        #expect(read.fault == expected.fault, "cut at \(first) and \(second)")
      }
    }
  }

  @Test("any bytes are read, or refused, as a parser reads them that has them all", arguments: 0..<40 as Range<UInt64>)
  func naive(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let pieces = [",", ",", "\n", "\n", "\r\n", "\"", "\",\"", "\"\"", "\r", "a", "bc", "é", " "].map { Array($0.utf8) }
    for round in 0..<200 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        // Most random bytes are faults, after which nothing more is learned.
        let isFaulty = Int.random(in: 0..<30, using: &random) == 0
        bytes += isFaulty ? [0xc3] : pieces.randomElement(using: &random) ?? []
      }
      let expected = NaiveCSV(bytes)
      var rest = bytes[...]
      var cut: [ArraySlice<UInt8>] = []
      while !rest.isEmpty {
        cut.append(rest.prefix(Int.random(in: 1...9, using: &random)))
        rest = rest.dropFirst(cut.last?.count ?? 0)
      }
      let read = Self.outcome(of: cut)
      #expect(read.rows == expected.rows, "seed \(seed), round \(round): \(bytes)")
      #expect(read.fault == expected.fault, "seed \(seed), round \(round): \(bytes)")
    }
  }
}
