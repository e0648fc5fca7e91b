// SPDX-License-Identifier: MIT

import Events
import TestSupport
import Testing

@testable import Trace

@Suite struct RawTraceDamageTests {
  private static func smallTrace() -> [UInt8] {
    var program = RawRandomProgram(seed: 7, threadCount: 2)
    let writer = RawTraceWriter()
    for event in program.events(900) {
      writer.write(event)
      writer.stamp += 40
    }
    writer.closeSegment(of: 1)
    return writer.bytes()
  }

  /// Reads a file that may be damaged; nil where it is refused with an error of the module.
  private func readDamaged(_ file: TemporaryRawFile) throws -> [Event]? {
    do {
      return try file.read().events
    } catch is TraceError {
      return nil
    }
  }

  @Test("a file cut anywhere in its chunks is refused at the cut")
  func truncatedChunks() throws {
    let bytes = Self.smallTrace()
    let file = TemporaryRawFile(bytes)
    for length in stride(from: bytes.count - 1, through: RawLayout.headerByteCount, by: -1) {
      file.truncate(to: length)
      #expect(
        throws: TraceError.malformed(
          path: file.path, byteOffset: UInt64(length), what: "the file ends before its last chunk")
      ) { try file.read() }
    }
  }

  @Test("a file cut within its header is refused", arguments: [0, 1, 7, 8, 15, 16, 127, 4096, 65535])
  func truncatedHeader(length: Int) throws {
    let file = TemporaryRawFile(Self.smallTrace())
    file.truncate(to: length)
    #expect(throws: TraceError.self) { try file.read() }
  }

  @Test("a program killed at any byte leaves the events before it", arguments: 0..<4 as Range<UInt64>)
  func killed(seed: UInt64) throws {
    var program = RawRandomProgram(seed: seed, threadCount: 1)
    let writer = RawTraceWriter()
    for event in program.events(200) {
      writer.write(event)
      writer.stamp += 40
    }
    let bytes = writer.bytes()
    let whole = try TemporaryRawFile(bytes).read().events
    let start = RawLayout.headerByteCount + RawSegment.headerByteCount
    var counts: Set<Int> = []
    // What a kill leaves is zero from the first byte of an event on.
    for cut in start..<start + 800 {
      var damaged = bytes
      for index in cut..<bytes.count { damaged[index] = 0 }
      guard let read = try readDamaged(TemporaryRawFile(damaged)) else { continue }
      counts.insert(read.count)
      #expect(read.count <= whole.count)
    }
    #expect(counts.count > 50, "seed \(seed)")
  }

  @Test("damaged bytes give events or an error, never more events than bytes", arguments: 0..<300 as Range<UInt64>)
  func flipped(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var bytes = Self.smallTrace()
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let isInHeader = Int.random(in: 0..<4, using: &random) == 0
      let range = isInHeader ? 0..<160 : RawLayout.headerByteCount..<bytes.count
      bytes[Int.random(in: range, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
    }
    guard let read = try readDamaged(TemporaryRawFile(bytes)) else { return }
    #expect(read.count <= bytes.count, "seed \(seed)")
  }

  @Test("an impossible size is refused where it stands")
  func largeSize() throws {
    let writer = RawTraceWriter()
    writer.write(Event(.malloc, thread: 0, block: 0x100, size: RawLayout.largestSize + 1))
    let file = TemporaryRawFile(writer.bytes())
    let offset = UInt64(RawLayout.headerByteCount + RawSegment.headerByteCount)
    #expect(throws: TraceError.malformed(path: file.path, byteOffset: offset, what: "an impossible size")) {
      try file.read()
    }
  }

  @Test("a trace of another version is told from a damaged one")
  func version() {
    let writer = RawTraceWriter()
    writer.set(UInt32(9), at: RawLayout.versionOffset)
    let file = TemporaryRawFile(writer.bytes())
    #expect(throws: TraceError.unsupportedVersion(path: file.path, found: 9, supported: 1...2)) { try file.read() }
  }
}
