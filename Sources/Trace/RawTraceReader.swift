// SPDX-License-Identifier: MIT

import Events

/// Reads a trace in the raw form, as the recorder wrote it; docs/trace-format-raw.md specifies the form.
///
/// Memory grows with the live blocks and the threads alive at a time, and by a few bytes for every 256 KiB of file.
/// The file must not become shorter while it is read.
public final class RawTraceReader: TraceSource {
  private let file: TraceBytes
  private let header: RawHeader
  private let index: RawSegmentIndex
  private let stackIndex: RawStackIndex

  /// What the trace says of its program. `conflictCount` and `unendedThreadCount` are known after `send(to:)`.
  public private(set) var metadata: TraceMetadata

  /// Opens a trace and finds its segments; no event is decoded yet.
  public convenience init(path: String) throws(TraceError) { try self.init(TraceBytes(path: path)) }

  /// Opens a trace in memory.
  public init(_ file: TraceBytes) throws(TraceError) {
    self.file = file
    header = try RawHeader(file.all, path: file.path)
    index = try RawSegmentIndex(file, header: header)
    stackIndex = header.metadata.stackRecording == nil ? RawStackIndex() : try RawStackIndex(file, header: header)
    metadata = header.metadata
  }

  public var stacks: StackTable { stackIndex.table }

  /// Whether bytes begin as a raw trace does.
  static func recognizes(_ file: TraceBytes) -> Bool {
    file.count >= RawLayout.formOffset + 4 && file.integer(UInt64.self, at: RawLayout.magicOffset) == RawLayout.magic
      && file.integer(UInt32.self, at: RawLayout.formOffset) == RawLayout.rawForm
  }

  /// Sends every event, the threads merged into an order in which the calls could have been made. Threads are
  /// numbered in the order of their first events; each but the first begins with `threadStart`.
  ///
  /// - Throws: `TraceError.malformed` for what cannot be decoded, and whatever the sink throws.
  public func send(to sink: any EventSink) throws {
    let cursors = index.threads.map { RawThreadCursor(file, segments: $0, stacks: stackIndex) }
    var merge = RawMerge(
      cursors, clock: RawClock(from: header.start, to: header.latest),
      lacksEarlierBlocks: header.lacksEarlierBlocks, into: sink)
    do {
      try merge.run()
    } catch let defect as RawEventDecoder.Defect {
      throw TraceError.malformed(path: file.path, byteOffset: UInt64(defect.offset), what: defect.what)
    }
    metadata.conflictCount = merge.conflictCount
    // The first thread of a program that came to its end ended with it.
    metadata.unendedThreadCount = UInt64(
      cursors.count { !$0.hasEnded && !(header.isFinished && $0.index == 0) })
  }
}
