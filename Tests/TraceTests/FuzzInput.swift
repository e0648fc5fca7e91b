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

  /// Reads bytes as a trace; errors of the trace are as good as success.
  ///
  /// - Throws: `Failure`, or any error that is no `TraceError`.
  static func run(_ bytes: [UInt8]) throws {
    if bytes.starts(with: frameMagic), bytes.count >= frameMagic.count + 2 {
      try runFrame(bytes)
      return
    }
    do {
      let source = try TraceFile.open(TraceBytes(bytes, path: "input"))
      let rules = PlacedEventRules()
      if let packed = source as? PackedTraceReader {
        try packed.send(to: rules as any PlacedEventSink)
      } else {
        let placement = Placement(into: rules)
        try source.send(to: placement)
        _ = placement.finish()
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

  private static func check(_ rules: PlacedEventRules) throws {
    if let violation = rules.violations.first { throw Failure(what: violation) }
  }
}
