// SPDX-License-Identifier: MIT

import Glibc

/// Files read and written whole.
enum TextFile {
  /// What a file holds; empty when it cannot be read or is no regular or kernel-made file.
  static func read(_ path: String) -> String { String(decoding: bytes(path), as: UTF8.self) }

  static func bytes(_ path: String) -> [UInt8] {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, let stream = fopen(path, "r") else { return [] }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&part, 1, part.count, stream), count > 0 { bytes += part[..<count] }
    return bytes
  }

  static func write(_ path: String, _ bytes: some Collection<UInt8>) {
    guard let stream = fopen(path, "w") else { preconditionFailure("\(path) cannot be written") }
    let contents = Array(bytes)
    fwrite(contents, 1, contents.count, stream)
    fclose(stream)
  }
}
