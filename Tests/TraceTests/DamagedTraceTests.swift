// SPDX-License-Identifier: MIT

import Events
import Glibc
import TestSupport
import Testing

@testable import Trace

@Suite("Damaged and hostile traces")
struct DamagedTraceTests {
  /// A small trace of three threads with every kind of event.
  private static func sample() throws -> PackedSample {
    var random = RandomEvents()
    random.threadCount = 3
    random.eventCount = 80
    random.liveTarget = 10
    random.hasMistakes = true
    var metadata = TraceMetadata()
    metadata.commandLine = ["program"]
    return try PackedSample(random.make(seed: 5), metadata: metadata)
  }

  @Test("A trace truncated at any byte gives an error")
  func truncated() throws {
    let sample = try Self.sample()
    for length in 0..<sample.bytes.count {
      #expect(throws: TraceError.self, "\(length) bytes") {
        try PackedSample.read(Array(sample.bytes[..<length]))
      }
    }
  }

  @Test("Any single changed byte is noticed, or changes nothing", arguments: [0x01, 0x80, 0xff] as [UInt8])
  func changedByte(mask: UInt8) throws {
    let sample = try Self.sample()
    for offset in sample.bytes.indices {
      var bytes = sample.bytes
      bytes[offset] ^= mask
      do {
        let reader = try PackedTraceReader(TraceBytes(bytes, path: "changed"))
        let collected = CollectedPlacedEvents()
        try reader.send(to: collected as any PlacedEventSink)
        #expect(collected.events == sample.placed, "byte \(offset)")
        #expect(reader.summary == sample.summary, "byte \(offset)")
        #expect(reader.metadata.commandLine == ["program"], "byte \(offset)")
      } catch is TraceError {
        // Noticed.
      }
    }
  }

  @Test("A trace of another version is named as such")
  func version() throws {
    var bytes = try Self.sample().bytes
    bytes[8] = 3
    #expect(throws: TraceError.unsupportedVersion(path: "later", found: 3, supported: 1...2)) {
      try PackedTraceReader(TraceBytes(bytes, path: "later"))
    }
  }

  @Test("A summary that is not that of the events is an error", arguments: 0..<4)
  func lyingSummary(lie: Int) throws {
    let file = TemporaryFile()
    let writer = try PackedTraceWriter(path: file.path, metadata: TraceMetadata())
    try writer.receive([PlacedEvent(.malloc, thread: 0, slot: 0, size: 8), PlacedEvent(.free, thread: 0, slot: 0)])
    var summary = EventSummary()
    summary.countByKind[Int(Event.Kind.malloc.rawValue)] = 1
    summary.countByKind[Int(Event.Kind.free.rawValue)] = 1
    summary.threadCount = 1
    summary.slotCount = 1
    switch lie {
    case 0: summary.countByKind[0] += 1
    case 1: summary.threadCount = 2
    case 2: summary.slotCount = 2
    default: summary.liveEndBlockCount = 1
    }
    try writer.finish(summary: summary)
    let error = #expect(throws: TraceError.self) { try PackedSample.read(file.bytes) }
    guard case .malformed = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("A summary of more slots than the file can hold is refused on opening")
  func boundlessSummary() throws {
    let file = TemporaryFile()
    let writer = try PackedTraceWriter(path: file.path, metadata: TraceMetadata())
    var summary = EventSummary()
    summary.slotCount = .max
    try writer.finish(summary: summary)
    #expect(throws: TraceError.self) { try PackedTraceReader(TraceBytes(file.bytes, path: "large")) }
  }

  @Test("Seeds and finds of the fuzzer are read or refused", arguments: FuzzCorpus.paths)
  func corpus(path: String) throws {
    let bytes = try TraceBytes(path: path)
    try FuzzInput.run((0..<bytes.count).map { bytes[$0] })
  }

  @Test("The corpus is there")
  func corpusIsThere() { #expect(FuzzCorpus.paths.count >= 8) }

  @Test("A folder, an empty file and a file of something else are no traces")
  func otherFiles() throws {
    let file = TemporaryFile()
    #expect(throws: TraceError.system(call: "open", path: file.path, errno: ENOENT)) {
      try TraceFile.open(path: file.path)
    }
    #expect(throws: TraceError.unknownFormat(path: "/")) { try TraceFile.open(path: "/") }
    for bytes in [[], [0x41], Array("#!/bin/sh\n".utf8), Array("acetrac".utf8)] as [[UInt8]] {
      #expect(throws: TraceError.unknownFormat(path: "other")) {
        try TraceFile.open(TraceBytes(bytes, path: "other"))
      }
    }
  }
}
