// SPDX-License-Identifier: MIT

import Glibc

/// A file read from its start in pieces, in constant memory.
struct ReadOnlyFile: ~Copyable {
  private let path: String
  private let descriptor: Int32
  private static let chunkByteCount = 1 << 16

  init(path: String) throws(ResultsError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    self.path = path
    if descriptor < 0 { throw .system(call: "open", path: path, errno: errno) }
  }

  deinit { close(descriptor) }

  /// Hands over all bytes that are left, in pieces.
  func forEachChunk(_ body: (Span<UInt8>) throws -> Void) throws {
    var buffer = [UInt8](repeating: 0, count: Self.chunkByteCount)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw ResultsError.system(call: "read", path: path, errno: errno) }
      guard count > 0 else { return }
      try body(buffer.span.extracting(first: count))
    }
  }

  /// The text of a small file, or nil when it cannot be read or is not UTF-8.
  static func text(path: String) -> String? {
    var bytes: [UInt8] = []
    guard let file = try? ReadOnlyFile(path: path),
      (try? file.forEachChunk { chunk in for index in chunk.indices { bytes.append(chunk[index]) } }) != nil
    else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }
}
