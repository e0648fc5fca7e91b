// SPDX-License-Identifier: MIT

import Events

/// A trace of another tool in lines of text, which may be compressed. It is read as a stream.
///
/// A last line that is not ended is left out: the file may have been cut within a number.
final class TextTrace<Format: CallFormat>: TraceSource {
  /// What the trace says; all of it is known after `send`.
  private(set) var metadata: TraceMetadata
  private let bytes: TraceBytes

  init(_ bytes: TraceBytes) {
    self.bytes = bytes
    metadata = Self.basicMetadata
  }

  func send(to sink: any EventSink) throws {
    var lines = LineStream(try ContentEncoding(of: bytes).open(bytes), path: bytes.path)
    var format = Format()
    var calls = CallEmitter(into: sink)
    do {
      while let line = try lines.next() { try format.read(line, into: &calls) }
    } catch let fault as CallFault {
      throw Self.error(fault, at: lines, path: bytes.path)
    }
    try calls.finish()
    metadata = Self.basicMetadata
    format.describe(&metadata)
    metadata.remarks += calls.remarks
    if lines.endsWithinLine {
      metadata.remarks.append("the file ends within a line, which was left out: it was cut, or the program was killed")
    }
  }

  private static var basicMetadata: TraceMetadata {
    var metadata = TraceMetadata()
    metadata.origin = Format.origin
    metadata.remarks = Format.losses
    return metadata
  }

  private static func error(_ fault: CallFault, at lines: borrowing LineStream, path: String) -> TraceError {
    switch fault {
    case .malformed(let what): lines.fault(what)
    case .unsupportedVersion(let found, let supported):
      .unsupportedVersion(path: path, found: found, supported: supported)
    case .unsuitable(let what, let remedy): .unsuitable(path: path, what: what, remedy: remedy)
    }
  }
}
