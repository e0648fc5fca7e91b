// SPDX-License-Identifier: MIT

import Testing

@testable import Trace

@Suite("Lines of text")
struct TextLineTests {
  private func reading<Value>(_ text: String, _ body: (inout TextLine) -> Value) -> Value {
    let bytes = Array(text.utf8) + [0]
    return bytes.withUnsafeBytes { raw in
      let start = raw.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
      var line = TextLine(UnsafeRawBufferPointer(rebasing: raw.dropLast()), orEmptyAt: start)
      return body(&line)
    }
  }

  @Test(
    "Numbers in base ten have at most 64 bits",
    arguments: [
      ("0", 0), ("18446744073709551615", .max), ("00000000000000000000000000000012", 12), ("7x", 7),
      ("18446744073709551616", nil), ("99999999999999999999", nil), ("184467440737095516150", nil), ("", nil),
      ("x", nil),
      ("-1", nil),
    ] as [(String, UInt64?)])
  func decimal(text: String, value: UInt64?) { #expect(reading(text) { $0.decimal() } == value) }

  @Test(
    "Numbers in base sixteen have at most 64 bits",
    arguments: [
      ("0x0", 0), ("(nil)", 0), ("0xffffffffffffffff", .max), ("4A4f", 0x4a4f), ("0x10000000000000000", nil),
      ("0x000000000000000001", 1), ("0x", nil), ("g", nil), ("", nil), ("0x1@", 1), ("0x1G", 1), ("0x/", nil),
      ("0x`", nil),
    ] as [(String, UInt64?)])
  func hexadecimal(text: String, value: UInt64?) { #expect(reading(text) { $0.address() } == value) }

  @Test("What is not there moves nothing")
  func unmoved() {
    reading("malloc(1)") { line in
      let movements = [line.take("free"), line.decimal() != nil, line.skipBefore("calloc"), line.skipPastLast("]")]
      #expect(movements == [false, false, false, false])
      #expect(line.text == "malloc(1)")
      let name = line.identifier()
      #expect(name.isExactly("malloc"))
      let rest = [line.take("("), line.decimal() == 1, line.take(")"), line.isEmpty, line.first == 0]
      #expect(rest == [true, true, true, true, true])
    }
  }

  @Test("Lines are whole across the window's moves, with their numbers and places")
  func lines() throws {
    let text = (0..<60_000).map { "line number \($0)" }.joined(separator: "\n") + "\r\nlast"
    var lines = LineStream(PlainContent(TraceBytes(Array(text.utf8), path: "sample")), path: "sample")
    var count = 0
    while let line = try lines.next() {
      #expect(line.text == "line number \(count)")
      count += 1
      if count == 50_000 {
        // Every line before is "line number ", its digits and an end.
        let byteOffset = (0..<49_999).reduce(UInt64(0)) { $0 + 13 + UInt64("\($1)".count) }
        let fault = lines.fault("x")
        #expect(fault == .malformed(path: "sample", byteOffset: byteOffset, what: "line 50000, x"))
      }
    }
    #expect(count == 60_000)
    let endsWithinLine = lines.endsWithinLine
    #expect(endsWithinLine)
  }
}
