// SPDX-License-Identifier: MIT

import Events
import Glibc

/// Writes placed events as a packed trace, in memory that grows with the slots and threads only.
///
/// The file gets its name in `finish`; a writer that is dropped before leaves nothing behind.
public final class PackedTraceWriter: PlacedEventSink {
  /// Base-two logarithm of the nanoseconds to which times are rounded down: 16 ns, less than one call of an allocator.
  public static let defaultTickShift: UInt8 = 4

  /// What the trace will say of its program; it may change until `finish`.
  public var metadata: TraceMetadata
  private let tickShift: UInt8
  private let output: TraceFileOutput
  private var encoder: FrameEncoder
  private var compressor: ZstdCompressor
  private var eventCount: UInt64 = 0
  private var frameCount: UInt64 = 0
  private var stacks: StackTable?

  /// - Parameters:
  ///   - path: where the trace will be.
  ///   - stacks: what events refer to; written when the metadata tell of how stacks were recorded, else they are left out.
  ///   - tickShift: base-two logarithm of the nanoseconds to which times are rounded down, below 64.
  public init(
    path: String, metadata: TraceMetadata, stacks: StackTable = StackTable(),
    tickShift: UInt8 = PackedTraceWriter.defaultTickShift
  ) throws(TraceError) {
    precondition(tickShift < 64, "a tick of 2 to the \(tickShift) nanoseconds")
    guard let compressor = ZstdCompressor(level: PackedFormat.compressionLevel) else {
      throw .system(call: "ZSTD_createCCtx", path: path, errno: 0)
    }
    self.compressor = compressor
    output = try TraceFileOutput(path: path)
    self.stacks = metadata.stackRecording == nil ? nil : stacks
    encoder = FrameEncoder(tickShift: tickShift, stackCount: self.stacks?.count)
    self.metadata = metadata
    self.tickShift = tickShift
    var prelude = PackedFormat.magic
    prelude.appendLittleEndian(self.stacks == nil ? PackedFormat.version : PackedFormat.versionWithStacks)
    prelude.appendLittleEndian(PackedFormat.form)
    try write(prelude)
  }

  /// Takes the next events.
  ///
  /// - Throws: `TraceError.inconsistentEvents` for events that break the rules of `PlacedEvent`, such as a free of a
  ///   slot that is not live; `TraceError.system` when the file cannot be written.
  public func receive(_ events: [PlacedEvent]) throws {
    var index = 0
    while index < events.count {
      do {
        try encoder.append(events, from: &index)
      } catch {
        throw TraceError.inconsistentEvents(path: output.path, eventIndex: eventCount + UInt64(index), what: error.what)
      }
      if encoder.isFull { try writeFrame() }
    }
    eventCount += UInt64(events.count)
  }

  /// Writes what is left, the metadata and the summary, and gives the file its name; nothing may be received after it.
  public func finish(summary: EventSummary) throws(TraceError) {
    if encoder.eventCount > 0 { try writeFrame() }
    let stacksByteCount = try writeStacks()
    var fields = FlatArray<UInt8>()
    metadata.appendFields(tickShift: tickShift, stacksByteCount: stacksByteCount, to: &fields)
    guard fields.count <= PackedFormat.metadataByteLimit else {
      throw .system(call: "write", path: output.path, errno: EFBIG)
    }
    let metadataByteCount = try writeCompressed(fields)
    var numbers = FlatArray<UInt8>()
    numbers.appendVarint(eventCount)
    numbers.appendVarint(frameCount)
    summary.appendFields(to: &numbers)
    let summaryByteCount = try writeCompressed(numbers)
    var tail: [UInt8] = []
    tail.appendLittleEndian(UInt32(metadataByteCount))
    tail.appendLittleEndian(UInt32(summaryByteCount))
    try write(tail + PackedFormat.endMagic)
    try output.finish()
  }

  /// Keeps of the paths of modules only the names of the files.
  func leaveOutFolders() { stacks?.leaveOutFolders() }

  /// Writes the stacks, if there are to be any, and returns how long that part became.
  private func writeStacks() throws(TraceError) -> Int {
    guard let stacks else { return 0 }
    var content = FlatArray<UInt8>()
    stacks.appendContent(to: &content)
    guard content.count <= PackedFormat.stacksByteLimit else {
      throw .system(call: "write", path: output.path, errno: EFBIG)
    }
    return try writeCompressed(content)
  }

  private func writeFrame() throws(TraceError) {
    let eventCount = encoder.eventCount
    var contentByteCount = 0
    encoder.finishFrame { columns in
      var lengths = FlatArray<UInt8>()
      columns.forEach { column in
        lengths.appendVarint(UInt64(column.count))
        contentByteCount += column.count
      }
      contentByteCount += lengths.count
      compressor.begin(contentByteCount: contentByteCount)
      lengths.withUnsafeBytes { compressor.append($0) }
      columns.forEach { column in
        if column.count > 0 { column.withUnsafeBytes { compressor.append($0) } }
      }
      compressor.append(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true)
    }
    let frameByteCount = compressor.withFrame { $0.count }
    let padding = Self.padding(frameByteCount: frameByteCount, eventCount: eventCount)
    var header: [UInt8] = []
    header.appendLittleEndian(UInt32(frameByteCount + padding.count))
    header.appendLittleEndian(UInt32(contentByteCount))
    header.appendLittleEndian(UInt32(eventCount))
    try write(header)
    try writeCompressed()
    try write(padding)
    frameCount += 1
  }

  /// A skippable zstd frame that makes a frame as long as the number of its events demands, or nothing.
  private static func padding(frameByteCount: Int, eventCount: Int) -> [UInt8] {
    let missing = eventCount / PackedFormat.eventsPerByteLimit - frameByteCount
    guard missing > 0 else { return [] }
    var padding: [UInt8] = []
    padding.appendLittleEndian(UInt32(0x184d_2a50))
    padding.appendLittleEndian(UInt32(missing))
    return padding + [UInt8](repeating: 0, count: missing)
  }

  /// Writes bytes as one zstd frame and returns its length.
  private func writeCompressed(_ bytes: borrowing FlatArray<UInt8>) throws(TraceError) -> Int {
    compressor.begin(contentByteCount: bytes.count)
    bytes.withUnsafeBytes { compressor.append($0, isLast: true) }
    try writeCompressed()
    return compressor.withFrame { $0.count }
  }

  private func writeCompressed() throws(TraceError) {
    let output = self.output
    try compressor.withFrame { (bytes) throws(TraceError) in try output.write(bytes) }
  }

  private func write(_ bytes: [UInt8]) throws(TraceError) {
    var failure: TraceError?
    bytes.withUnsafeBytes { bytes in
      do throws(TraceError) { try output.write(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}

extension [UInt8] {
  mutating func appendLittleEndian<Value: FixedWidthInteger>(_ value: Value) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
