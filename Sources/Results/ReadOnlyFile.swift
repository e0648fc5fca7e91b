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
  func forEachChunk(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkByteCount, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw ResultsError.system(call: "read", path: path, errno: errno) }
      guard count > 0 else { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// The text of a small file, or nil when it cannot be read or is not UTF-8.
  static func text(path: String) -> String? {
    var bytes: [UInt8] = []
    guard let file = try? ReadOnlyFile(path: path),
      (try? file.forEachChunk { bytes.append(contentsOf: $0) }) != nil
    else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }
}
