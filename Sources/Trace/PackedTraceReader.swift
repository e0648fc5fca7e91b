// SPDX-License-Identifier: MIT

import Events

/// Reads a packed trace, in memory that grows with the slots and threads only.
///
/// What it gives to a sink has been checked: slots and threads are dense, every free finds a live block and every
/// allocation a free slot, and every event awaits only what has happened before it. What cannot be trusted of a
/// damaged file is never given.
public struct PackedTraceReader: TraceSource {
  public let metadata: TraceMetadata
  /// What the trace amounts to, as its writer counted; counts by kind, threads and slots are checked while reading.
  public let summary: EventSummary
  public let stacks: StackTable
  private let bytes: TraceBytes
  private let tickShift: UInt8
  private let eventCount: UInt64
  private let frameCount: UInt64
  /// The bytes of the frames.
  private let frames: Range<Int>

  private static let batchCapacity = 4096
  /// Chosen: frames of a few hundred KiB at most; so the file itself never takes more than some MiB.
  private static let framesBetweenDiscards: UInt64 = 16

  public init(path: String) throws(TraceError) { try self.init(TraceBytes(path: path)) }

  /// Reads a trace from memory.
  public init(_ bytes: TraceBytes) throws(TraceError) {
    self.bytes = bytes
    let path = bytes.path
    guard bytes.hasBytes(PackedFormat.magic, at: 0) else { throw .unknownFormat(path: path) }
    guard bytes.count >= PackedFormat.preludeByteCount + PackedFormat.tailByteCount else {
      throw .malformed(path: path, byteOffset: UInt64(bytes.count), what: "the file ends early")
    }
    let version = bytes.integer(UInt32.self, at: PackedFormat.versionOffset)
    guard (PackedFormat.version...PackedFormat.versionWithStacks).contains(version) else {
      throw .unsupportedVersion(
        path: path, found: version, supported: PackedFormat.version...PackedFormat.versionWithStacks)
    }
    guard bytes.integer(UInt32.self, at: PackedFormat.formOffset) == PackedFormat.form else {
      throw .malformed(
        path: path, byteOffset: UInt64(PackedFormat.formOffset), what: "a form of trace that is not known")
    }
    let tail = bytes.count - PackedFormat.tailByteCount
    guard bytes.hasBytes(PackedFormat.endMagic, at: tail + 8) else {
      throw .malformed(path: path, byteOffset: UInt64(bytes.count), what: "the file ends early")
    }
    let summaryBegin = tail - Int(bytes.integer(UInt32.self, at: tail + 4))
    let metadataBegin = summaryBegin - Int(bytes.integer(UInt32.self, at: tail))
    guard metadataBegin >= PackedFormat.preludeByteCount else {
      throw .malformed(path: path, byteOffset: UInt64(tail), what: "metadata and summary are longer than the file")
    }

    let fields = try Self.decompress(bytes, metadataBegin..<summaryBegin, limit: PackedFormat.metadataByteLimit)
    var tickShift: UInt8 = 0
    var stacksByteCount: UInt64 = 0
    do throws(FrameFault) {
      metadata = try TraceMetadata(fields: fields, tickShift: &tickShift, stacksByteCount: &stacksByteCount)
      guard (metadata.stackRecording != nil) == (version == PackedFormat.versionWithStacks),
        stacksByteCount <= UInt64(metadataBegin - PackedFormat.preludeByteCount)
      else { throw FrameFault("the stacks are not where the metadata say") }
    } catch {
      throw .malformed(path: path, byteOffset: UInt64(metadataBegin), what: error.what)
    }
    let stacksBegin = metadataBegin - Int(stacksByteCount)
    frames = PackedFormat.preludeByteCount..<stacksBegin
    if metadata.stackRecording == nil {
      stacks = StackTable()
    } else {
      let content = try Self.decompress(bytes, stacksBegin..<metadataBegin, limit: PackedFormat.stacksByteLimit)
      do throws(FrameFault) {
        stacks = try StackTable(content: content)
      } catch {
        throw .malformed(path: path, byteOffset: UInt64(stacksBegin), what: error.what)
      }
    }
    self.tickShift = tickShift
    let numbers = try Self.decompress(bytes, summaryBegin..<tail, limit: 1024)
    do throws(FrameFault) {
      var cursor = ColumnCursor(0..<numbers.count)
      eventCount = try cursor.varint(of: numbers)
      frameCount = try cursor.varint(of: numbers)
      summary = try EventSummary(fields: numbers, &cursor)
      guard cursor.remaining == 0 else { throw FrameFault("the summary has bytes left over") }
      let limit = UInt64(frames.count) * UInt64(PackedFormat.eventsPerByteLimit)
      guard eventCount <= limit, summary.slotCount <= eventCount, summary.threadCount <= eventCount + 1 else {
        throw FrameFault("the summary counts more events than the file can hold")
      }
    } catch {
      throw .malformed(path: path, byteOffset: UInt64(summaryBegin), what: error.what)
    }
  }

  /// Reads all events and gives them to a sink.
  ///
  /// - Throws: `TraceError.malformed`; errors of the sink.
  public func send(to sink: any PlacedEventSink) throws {
    guard let decompressor = ZstdDecompressor() else {
      throw TraceError.system(call: "ZSTD_createDCtx", path: bytes.path, errno: 0)
    }
    var decoder = FrameDecoder(tickShift: tickShift, stackCount: metadata.stackRecording.map { _ in stacks.count })
    var content = FlatArray<UInt8>()
    var batch: [PlacedEvent] = []
    batch.reserveCapacity(Self.batchCapacity)
    var countByKind = [UInt64](repeating: 0, count: Event.Kind.allCases.count)
    var offset = frames.lowerBound
    var readFrameCount: UInt64 = 0
    while offset < frames.upperBound {
      let frame = try PackedFrame(bytes, at: offset, limit: frames.upperBound)
      do {
        try frame.decompress(bytes, with: decompressor, into: &content)
        try decoder.begin(content, eventCount: frame.eventCount)
        repeat {
          batch.removeAll(keepingCapacity: true)
          try decoder.decode(content, limit: Self.batchCapacity, into: &batch)
          for event in batch { countByKind[Int(event.kind.rawValue)] += 1 }
          if !batch.isEmpty { try sink.receive(batch) }
        } while !batch.isEmpty
        try decoder.finishFrame()
      } catch let fault as FrameFault {
        throw TraceError.malformed(path: bytes.path, byteOffset: UInt64(offset), what: fault.what)
      }
      offset = frame.bytes.upperBound
      readFrameCount += 1
      if readFrameCount.isMultiple(of: Self.framesBetweenDiscards) { bytes.discard(before: offset) }
    }
    guard readFrameCount == frameCount, countByKind == summary.countByKind,
      countByKind.reduce(0, +) == eventCount, decoder.model.slotCount == summary.slotCount,
      decoder.model.threadCount == max(summary.threadCount, 1),
      decoder.model.liveBlockCount == summary.liveEndBlockCount
    else {
      throw TraceError.malformed(
        path: bytes.path, byteOffset: UInt64(offset), what: "the events are not those that the summary counts")
    }
  }

  /// Reads all events with their blocks named by slot.
  public func send(to sink: any EventSink) throws {
    try send(to: SlotNamedEvents(into: sink))
  }

  /// Decompresses a frame that has no header.
  private static func decompress(
    _ bytes: TraceBytes, _ range: Range<Int>, limit: Int
  ) throws(TraceError) -> FlatArray<UInt8> {
    guard let decompressor = ZstdDecompressor() else {
      throw .system(call: "ZSTD_createDCtx", path: bytes.path, errno: 0)
    }
    var content = FlatArray<UInt8>()
    let isWhole = bytes.withBytes(range) { frame in
      guard let byteCount = ZstdDecompressor.contentByteCount(of: frame), byteCount <= limit else { return false }
      return decompressor.decompress(frame, byteCount: byteCount, into: &content)
    }
    guard isWhole else {
      throw .malformed(path: bytes.path, byteOffset: UInt64(range.lowerBound), what: "a frame is damaged")
    }
    return content
  }
}
