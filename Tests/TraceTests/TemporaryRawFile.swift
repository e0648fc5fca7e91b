// SPDX-License-Identifier: MIT

import Events
import Glibc
import TestSupport
import Trace

/// A file that is there as long as a test needs it.
final class TemporaryRawFile {
  let path: String

  init(_ bytes: [UInt8]) {
    var template = Array("/tmp/acebench-raw-XXXXXX".utf8CString)
    let file = mkstemp(&template)
    precondition(file >= 0, "no temporary file")
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { write(file, $0.baseAddress.map { $0 + written }, bytes.count - written) }
      precondition(count > 0, "a temporary file cannot be written")
      written += count
    }
    close(file)
  }

  deinit { unlink(path) }

  /// What a reader makes of it.
  func read() throws -> (events: [Event], metadata: TraceMetadata) {
    let reader = try RawTraceReader(path: path)
    let collected = CollectedEvents()
    try reader.send(to: collected)
    return (collected.events, reader.metadata)
  }

  func truncate(to byteCount: Int) { Glibc.truncate(path, off_t(byteCount)) }

  /// Replaces one byte.
  func set(_ byte: UInt8, at offset: Int) {
    let file = open(path, O_WRONLY)
    var byte = byte
    pwrite(file, &byte, 1, off_t(offset))
    close(file)
  }
}
