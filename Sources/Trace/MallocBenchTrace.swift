// SPDX-License-Identifier: MIT

import Events

/// A trace of malloc-bench (github.com/ClaytonKnittel/malloc-bench): gzip of a protobuf message `Tracefile`, whose
/// field 1 holds a line for every call.
///
/// Calls that no program can have made with success are refused with an error; a free of a block that is not live is
/// left to `Placement`.
struct MallocBenchTrace: TraceSource {
  static let gzipMagic: [UInt8] = [0x1f, 0x8b, 0x08]

  let metadata: TraceMetadata
  private let bytes: TraceBytes

  /// Opens a trace; its first line must be readable.
  init(_ bytes: TraceBytes) throws(TraceError) {
    self.bytes = bytes
    var metadata = TraceMetadata()
    metadata.origin = "malloc-bench protobuf"
    metadata.remarks = [
      "threads are not in the format: every call is made by one thread",
      "times are not in the format: all are 0",
      "what the program never freed is freed at the end, in an order that is not the program's",
    ]
    self.metadata = metadata
    var content = try ProtobufStream(bytes)
    _ = try Self.nextLine(&content)
  }

  func send(to sink: any EventSink) throws {
    var content = try ProtobufStream(bytes)
    var emitter = EventEmitter(into: sink)
    while let line = try Self.nextLine(&content) {
      if let event = line.event { try emitter.emit(event) }
    }
    try emitter.finish()
  }

  /// Reads up to the end of the next line; nil at the end of the trace.
  private static func nextLine(_ content: inout ProtobufStream) throws(TraceError) -> MallocBenchLine? {
    while let (number, value) = try content.nextField(end: nil) {
      if number == 1, case .message(let byteCount) = value {
        return try MallocBenchLine(&content, end: content.offset + byteCount)
      }
      // Field 2 is the highest number of live blocks. A number above 2 means that this is some other message.
      guard number == 2, case .number = value else { throw content.fault("this is not a malloc-bench trace") }
    }
    return nil
  }
}
