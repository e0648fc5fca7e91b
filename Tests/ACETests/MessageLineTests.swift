// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

@Suite("Lines of text") struct MessageLineTests {
  /// What a line writes, by way of a pipe.
  private func written(_ line: MessageLine) -> String {
    var descriptors: [Int32] = [0, 0]
    guard pipe(&descriptors) == 0 else { return "" }
    var line = line
    line.write(to: descriptors[1])
    close(descriptors[1])
    defer { close(descriptors[0]) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptors[0], &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
  }

  @Test func textNumbersAndSlices() {
    var line = MessageLine("ace: ")
    line.append(UInt64(42), " blocks, ")
    "slice".withCString { line.append(TextSlice($0)) }
    line.append(UInt8(ascii: "!"))
    #expect(written(line) == "ace: 42 blocks, slice!\n")
    #expect(written(MessageLine("")) == "\n")
  }

  @Test func numbersArePrintedInFull() {
    var randomness = Randomness(seed: 1)
    let random = (0..<500).map { _ in randomness.next() >> randomness.below(64 as UInt64) }
    for number in [0, 1, 9, 10, 15, 16, 99, 100, UInt64.max - 1, UInt64.max] + random {
      var line = MessageLine("")
      line.append(number)
      line.append(" ")
      line.appendHexadecimal(number)
      #expect(written(line) == "\(number) 0x\(String(number, radix: 16))\n")
    }
  }

  /// A line that is too long is cut, and still ends.
  @Test func aLongLineIsCut() {
    let full = String(repeating: "0123456789", count: 60)
    for length in [230, 238, 239, 240, 241, 600] {
      var line = MessageLine("")
      for byte in full.utf8.prefix(length) { line.append(byte) }
      let text = written(line)
      #expect(text.last == "\n")
      #expect(text.utf8.count <= 240)
      #expect(text.dropLast() == full.prefix(text.count - 1))
      if length < 240 { #expect(text.count == length + 1) }
    }
  }

  @Test func aStreamGetsTheSame() {
    var text: UnsafeMutablePointer<CChar>?
    var count = 0
    guard let stream = open_memstream(&text, &count) else {
      Issue.record("no stream")
      return
    }
    var line = MessageLine("to a stream")
    line.write(to: UnsafeMutableRawPointer(stream))
    fclose(stream)
    defer { free(text) }
    #expect(text.map { String(cString: $0) } == "to a stream\n")
  }
}
