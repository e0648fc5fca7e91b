// SPDX-License-Identifier: MIT

import Events

#if canImport(Trace)
  import TestSupport

  @testable import Trace
#endif

/// What the fuzzer does with a string of bytes, and the tests with its finds.
enum FuzzInput {
  /// What was expected of the bytes and did not hold.
  struct Failure: Error {
    let what: String
  }

  /// An input that begins so is the count of events (two bytes) and the content of a frame: behind the checksum, where
  /// changed bytes would hardly ever come otherwise.
  static let frameMagic: [UInt8] = Array("FRAME".utf8)

  /// An input that begins so is a raw trace without what would be zero, see `RawInput`: the header alone is sixteen
  /// times as long as an input of the fuzzer.
  static let rawMagic: [UInt8] = Array("CHUNK".utf8)

  /// Reads bytes as a trace; errors of the trace are as good as success.
  ///
  /// - Throws: `Failure`, or any error that is no `TraceError`.
  static func run(_ bytes: [UInt8]) throws {
    if bytes.starts(with: frameMagic), bytes.count >= frameMagic.count + 2 {
      try runFrame(bytes)
      return
    }
    let bytes = bytes.starts(with: rawMagic) ? RawInput.expand(bytes.dropFirst(rawMagic.count)) : bytes
    do {
      let file = TraceBytes(bytes, path: "input")
      let source = try TraceFile.open(file)
      let rules = PlacedEventRules()
      if let packed = source as? PackedTraceReader {
        try packed.send(to: rules as any PlacedEventSink)
      } else {
        let placement = Placement(into: rules)
        try source.send(to: placement)
        // What is compressed may hold more than its bytes.
        if ContentEncoding(of: file) == .plain { try check(placement.finish(), byteCount: bytes.count) }
      }
      try check(rules)
    } catch is TraceError {
      // Refused.
    }
  }

  private static func runFrame(_ bytes: [UInt8]) throws {
    var content = FlatArray<UInt8>()
    for byte in bytes.dropFirst(frameMagic.count + 2) { content.append(byte) }
    let eventCount = Int(bytes[frameMagic.count]) | Int(bytes[frameMagic.count + 1]) << 8
    var decoder = FrameDecoder(tickShift: 4)
    let rules = PlacedEventRules()
    do throws(FrameFault) {
      try decoder.begin(content, eventCount: eventCount)
      var batch: [PlacedEvent] = []
      repeat {
        batch.removeAll()
        try decoder.decode(content, limit: 100, into: &batch)
        rules.receive(batch)
      } while !batch.isEmpty
      try decoder.finishFrame()
    } catch {
      // What the frame says makes no sense, and the decoder noticed.
    }
    try check(rules)
  }

  /// No event is shorter than a byte, and none becomes more than a free, itself and the start of its thread.
  private static func check(_ summary: EventSummary, byteCount: Int) throws {
    guard summary.countByKind.reduce(0, +) <= 3 * UInt64(byteCount) else { throw Failure(what: "events from nothing") }
    let allocationCount = summary.count(of: .malloc) + summary.count(of: .calloc) + summary.count(of: .aligned)
    guard summary.count(of: .free) + summary.liveEndBlockCount == allocationCount else {
      throw Failure(what: "blocks are neither freed nor live")
    }
  }

  private static func check(_ rules: PlacedEventRules) throws {
    if let violation = rules.violations.first { throw Failure(what: violation) }
  }
}
