// SPDX-License-Identifier: MIT

import Events
import TestSupport
import Testing

@testable import Trace

@Suite("Traces with stacks") struct StackTraceTests {
  private static let modules = [
    TraceModule(addresses: 0x1000..<0x3000, fileOffset: 0x1000, path: "/opt/program", firstStack: 0),
    TraceModule(addresses: 0x2000..<0x3000, fileOffset: 0, path: "/opt/library.so", firstStack: 4),
  ]

  /// Stacks 1 to 5: 2 and 3 are called by 1; 5 was met when there was another module.
  private static func table() -> StackTable {
    var table = StackTable()
    table.append(address: 0x1100, caller: 0)
    table.append(address: 0x2200, caller: 1)
    table.append(address: StackTable.truncatedAddress, caller: 0)
    table.append(address: 0x1400, caller: 3)
    table.append(address: 0x2200, caller: 4)
    table.modules = modules
    return table
  }

  private static let events = [
    Event(.malloc, thread: 0, block: 1, size: 10, nanoseconds: 0, stack: 2),
    Event(.malloc, thread: 0, block: 2, size: 20, nanoseconds: 160),
    Event(.calloc, thread: 1, block: 3, size: 30, nanoseconds: 320, stack: 1),
    Event(.realloc, thread: 1, block: 4, formerBlock: 3, size: 300, nanoseconds: 480, stack: 5),
    Event(.free, thread: 0, block: 1, nanoseconds: 640),
    Event(.aligned, thread: 0, block: 5, size: 64, alignmentShift: 6, nanoseconds: 800, stack: 4),
    Event(.free, thread: 0, block: 4, nanoseconds: 960),
  ]

  private static var metadata: TraceMetadata {
    var metadata = TraceMetadata()
    metadata.stackRecording = StackRecording(kind: .sampled, method: .unwinding, depth: 32, intervalByteCount: 4096)
    metadata.stackRecording?.unwoundCount = 7
    metadata.stackRecording?.unwoundNanoseconds = 700
    metadata.stackRecording?.remarks = ["one", "two"]
    return metadata
  }

  /// A trace in memory.
  private struct Given: TraceSource {
    var metadata = StackTraceTests.metadata
    var stacks = StackTraceTests.table()
    var events = StackTraceTests.events
    func send(to sink: any EventSink) throws { try sink.receive(events) }
  }

  private func packed(_ source: Given = Given(), anonymizes: Bool = false) throws -> (TemporaryFile, PackedTraceReader)
  {
    let file = TemporaryFile()
    try TraceConversion().convert(source, to: file.path, anonymizes: anonymizes)
    return (file, try PackedTraceReader(path: file.path))
  }

  private func events(_ reader: PackedTraceReader) throws -> [PlacedEvent] {
    let collected = CollectedPlacedEvents()
    try reader.send(to: collected as any PlacedEventSink)
    return collected.events.filter(\.kind.isOperation)
  }

  @Test("stacks, modules and how they were recorded survive packing, and packing again")
  func roundTrip() throws {
    let (file, reader) = try packed()
    #expect(file.bytes[8] == 2)
    #expect(reader.stacks == Self.table())
    #expect(reader.metadata == Self.metadata)
    #expect(try events(reader).map(\.stack) == [2, 0, 1, 5, 0, 4, 0])
    let again = TemporaryFile()
    try TraceConversion().convert(reader, to: again.path)
    #expect(again.bytes == file.bytes)
  }

  @Test("a trace without stacks is of version 1, which older readers know")
  func withoutStacks() throws {
    var source = Given()
    source.metadata.stackRecording = nil
    let (file, reader) = try packed(source)
    #expect(file.bytes[8] == 1)
    #expect(reader.stacks == StackTable())
    #expect(try events(reader).allSatisfy { $0.stack == 0 })
  }

  @Test("an anonymous trace keeps of its modules the names of their files")
  func anonymous() throws {
    let (_, reader) = try packed(anonymizes: true)
    #expect(reader.stacks.modules.map(\.path) == ["program", "library.so"])
    #expect(reader.stacks.returnAddress(of: 2) == 0x2200)
  }

  @Test("a window keeps the stacks of its events, and of the blocks that it begins with")
  func cut() throws {
    let file = TemporaryFile()
    try TraceCut(.events(4..<7)).cut(Given(), to: file.path)
    let reader = try PackedTraceReader(path: file.path)
    #expect(reader.stacks == Self.table())
    #expect(try events(reader).filter { $0.kind.isAllocation }.map(\.stack) == [2, 0, 5, 4])
  }

  @Test("a stack's frames, its module, and what allocations have are told")
  func table() throws {
    let table = Self.table()
    #expect(table.returnAddresses(of: 2) == [0x2200, 0x1100])
    #expect(table.returnAddresses(of: 5) == [0x2200, 0x1400])
    #expect(table.returnAddresses(of: 0) == [])
    #expect(table.module(of: 2)?.path == "/opt/program")
    #expect(table.module(of: 5)?.path == "/opt/library.so")
    #expect(table.module(of: 3) == nil)
    let (file, _) = try packed()
    let counts = try TraceInformation(path: file.path).stackCounts
    #expect(counts?.distinctCount == 5 && counts?.allocationCount == 4)
    #expect(counts?.truncatedCount == 2 && counts?.failedCount == 0)
  }

  @Test("an event whose stack is not defined is not written")
  func undefined() throws {
    var source = Given()
    source.events[0].stack = 6
    #expect(throws: TraceError.self) { try packed(source) }
  }

  @Test("a packed trace with a damaged byte gives what it was, or an error")
  func damaged() throws {
    let (file, _) = try packed()
    let whole = file.bytes
    for offset in whole.indices {
      var bytes = whole
      bytes[offset] ^= 1 << UInt8(offset % 8)
      do {
        let reader = try PackedTraceReader(TraceBytes(bytes, path: "damaged"))
        #expect(try events(reader).map(\.stack) == [2, 0, 1, 5, 0, 4, 0], "byte \(offset)")
      } catch is TraceError {
        // Noticed.
      }
    }
  }

  @Test(
    "stacks that cannot be are refused",
    arguments: [
      [1], [1, 1], [1, 0, 0, 0], [1, 2, 0, 0], [0xff, 0xff, 0xff, 0xff, 0x7f, 1, 0], [0, 1], [0, 1, 0, 0, 0, 0, 0],
      [0, 1, 5, 1, 0, 0, 9], [0, 0, 0],
    ] as [[UInt8]])
  func hostile(content: [UInt8]) {
    var bytes = FlatArray<UInt8>()
    for byte in content { bytes.append(byte) }
    var isRefused = false
    do throws(FrameFault) { _ = try StackTable(content: bytes) } catch { isRefused = true }
    #expect(isRefused)
  }

  @Test("a block stands for more, the smaller it is, and for no less than itself")
  func weights() {
    let recording = StackRecording(kind: .sampled, method: .unwinding, depth: 1, intervalByteCount: 1000)
    // 1 / (1 − e^−1), 1 / (1 − e^−0.001), 1 / (1 − e^−100).
    #expect(abs(recording.weight(ofSize: 1000) - 1.581_976_706_869_326_4) < 1e-12)
    #expect(abs(recording.weight(ofSize: 1) - 1000.500_083_333_332) < 1e-6)
    #expect(recording.weight(ofSize: 0) == recording.weight(ofSize: 1))
    #expect(recording.weight(ofSize: 100_000) == 1)
    let all = StackRecording(kind: .all, method: .unwinding, depth: 1, intervalByteCount: 1000)
    #expect(all.weight(ofSize: 1) == 1)
  }
}
