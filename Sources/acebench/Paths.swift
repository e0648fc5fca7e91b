// SPDX-License-Identifier: MIT

import Glibc

/// Paths as other programs need them.
enum Paths {
  /// The path from the root; the file need not exist.
  static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
    defer { free(folder) }
    return String(cString: folder) + "/" + path
  }

  /// The size of a file; 0 when there is none.
  static func byteCount(_ path: String) -> UInt64 {
    var status = stat()
    return stat(path, &status) == 0 ? UInt64(status.st_size) : 0
  }
}
