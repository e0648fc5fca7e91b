// SPDX-License-Identifier: MIT

import Events
import TestSupport
import Testing

@testable import Trace

@Suite("Traces of malloc-bench")
struct MallocBenchTraceTests {
  private func read(_ content: [UInt8]) throws -> [Event] {
    let source = try TraceFile.open(TraceBytes(MallocBenchMessage.gzip(content), path: "sample"))
    #expect(source.metadata.origin == "malloc-bench protobuf")
    #expect(source.metadata.remarks.count == 3)
    let collected = CollectedEvents()
    try source.send(to: collected)
    return collected.events
  }

  @Test("Every call becomes its event; blocks are numbered from 1")
  func calls() throws {
    var content: [UInt8] = []
    content += MallocBenchMessage.line(1, [1: 0, 2: 300])
    content += MallocBenchMessage.line(1, [1: 1, 2: 64, 3: 32])
    content += MallocBenchMessage.line(4, [1: 2, 2: 3, 3: 7])
    content += MallocBenchMessage.line(3, [1: 3, 2: 0, 3: 500])
    content += MallocBenchMessage.line(3, [1: 4, 3: 9])
    content += MallocBenchMessage.line(2, [1: 3])
    content += MallocBenchMessage.line(2, [:])
    content += MallocBenchMessage.line(1, [2: 1 << 40])
    content += MallocBenchMessage.line(3, [2: 4, 3: 0])
    content += MallocBenchMessage.line(3, [2: 1])
    content += MallocBenchMessage.varint(2 << 3) + MallocBenchMessage.varint(5)
    #expect(
      try read(content) == [
        Event(.malloc, thread: 0, block: 1, size: 300),
        Event(.aligned, thread: 0, block: 2, size: 64, alignmentShift: 5),
        Event(.calloc, thread: 0, block: 3, size: 21),
        Event(.realloc, thread: 0, block: 4, formerBlock: 1, size: 500),
        Event(.malloc, thread: 0, block: 5, size: 9),
        Event(.free, thread: 0, block: 4),
        Event(.free, thread: 0, block: 5),
        Event(.free, thread: 0, block: 2),
      ])
  }

  @Test("A long trace is read as a stream")
  func long() throws {
    let line = MallocBenchMessage.line(1, [1: 7, 2: 99]) + MallocBenchMessage.line(2, [1: 7])
    let events = try read(Array(repeatElement(line, count: 50_000).joined()))
    #expect(events.count == 100_000)
    #expect(events.last == Event(.free, thread: 0, block: 8))
  }

  @Test(
    "What is no such trace gives an error",
    arguments: [
      MallocBenchMessage.line(1, [1: 1, 2: 8, 3: 24]),
      MallocBenchMessage.line(1, [1: 1, 2: 1 << 48]),
      MallocBenchMessage.line(4, [1: 1, 2: 1 << 40, 3: 1 << 40]),
      MallocBenchMessage.line(1, [1: .max, 2: 8]),
      [0x0b], [0x00], [0x18, 0x01],
      [0x0a, 0xff, 0xff, 0xff, 0xff, 0x7f, 0x0a],
      [0x0a, 0x02, 0x0a, 0x05, 0x08, 0x01],
      [0x0a, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
    ] as [[UInt8]])
  func malformed(content: [UInt8]) throws {
    let error = #expect(throws: TraceError.self) { try read(content) }
    guard case .malformed = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("A truncated gzip file gives an error")
  func truncated() throws {
    let bytes = MallocBenchMessage.gzip(MallocBenchMessage.line(1, [1: 1, 2: 300]))
    for length in 3..<bytes.count {
      #expect(throws: TraceError.self, "\(length) bytes") {
        try TraceFile.open(TraceBytes(Array(bytes[..<length]), path: "short")).send(to: CollectedEvents())
      }
    }
  }
}
