// SPDX-License-Identifier: MIT

import Events
import TestSupport
import Testing

@testable import Trace

@Suite("Raw traces with stacks") struct RawStackTests {
  /// A trace of chunks of 4 KiB, which have room for 254 stacks each. Every stack is called by the one before it.
  private func trace(stackCount: Int = 300, events: [Event], moduleByteCount: UInt32? = nil) -> [UInt8] {
    let writer = RawTraceWriter()
    writer.makeStacks(kind: 2, method: 2, depth: 64)
    var numbers: [UInt32] = [0]
    for index in 0..<stackCount {
      numbers.append(writer.addStack(address: UInt64(0x1000 + index), parent: numbers[index]))
    }
    writer.addModule(
      0x1000..<0x2000, fileOffset: 0x40, path: "/opt/program", firstNode: 2, byteCount: moduleByteCount)
    for var event in events {
      // Events name stacks by their place in the list; one past it is a stack that is not there.
      event.stack = event.stack < numbers.count ? numbers[Int(event.stack)] : numbers[numbers.count - 1] + 1
      writer.write(event)
      writer.stamp += 80
    }
    return writer.bytes()
  }

  private let events = [
    Event(.malloc, thread: 0, block: 0x100, size: 8, stack: 1),
    Event(.calloc, thread: 0, block: 0x208, size: 8, stack: 254),
    Event(.malloc, thread: 0, block: 0x300, size: 8),
    Event(.realloc, thread: 0, block: 0x400, formerBlock: 0x100, size: 16, stack: 255),
    Event(.aligned, thread: 0, block: 0x500, size: 16, alignmentShift: 6, stack: 300),
    Event(.free, thread: 0, block: 0x500),
  ]

  private func read(_ bytes: [UInt8]) throws -> (RawTraceReader, [Event]) {
    let reader = try RawTraceReader(TraceBytes(bytes, path: "raw"))
    let collected = CollectedEvents()
    try reader.send(to: collected)
    return (reader, collected.events)
  }

  @Test("stacks and modules are read back, numbered without gaps")
  func roundTrip() throws {
    let (reader, read) = try read(trace(events: events))
    #expect(read.map(\.stack) == [1, 254, 0, 255, 300, 0])
    #expect(reader.stacks.count == 300)
    #expect(reader.stacks.returnAddresses(of: 255).count == 255)
    #expect(reader.stacks.returnAddress(of: 255) == 0x1000 + 254)
    #expect(
      reader.stacks.modules == [
        TraceModule(addresses: 0x1000..<0x2000, fileOffset: 0x40, path: "/opt/program", firstStack: 1)
      ])
    #expect(reader.metadata.stackRecording?.kind == .all)
    #expect(reader.metadata.stackRecording?.depth == 64)
  }

  @Test("an event whose stack is not defined is an error")
  func undefined() {
    #expect(throws: TraceError.self) {
      try read(trace(events: [Event(.malloc, thread: 0, block: 0x100, size: 8, stack: 301)]))
    }
  }

  @Test("a module's record that goes beyond its chunk is an error", arguments: [8, 36, 8192] as [UInt32])
  func longModule(byteCount: UInt32) {
    #expect(throws: TraceError.self) { try read(trace(events: events, moduleByteCount: byteCount)) }
  }

  @Test("damaged bytes give events or an error", arguments: 0..<300 as Range<UInt64>)
  func damaged(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var bytes = trace(events: events)
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let isInHeader = Int.random(in: 0..<4, using: &random) == 0
      let range = isInHeader ? 0..<200 : RawLayout.headerByteCount..<bytes.count
      bytes[Int.random(in: range, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
    }
    do {
      let (reader, events) = try read(bytes)
      #expect(events.allSatisfy { $0.stack <= reader.stacks.count }, "seed \(seed)")
    } catch is TraceError {
      // Noticed.
    }
  }
}
