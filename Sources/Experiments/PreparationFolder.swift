// SPDX-License-Identifier: MIT

import Glibc

/// A folder for replay programs, which goes with the last of those who use it.
final class PreparationFolder: Sendable {
  let path: String

  /// Makes it under `TMPDIR` (or `/tmp`).
  init() throws(ExperimentError) {
    let root = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((root + "/acebench-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw .system(call: "mkdtemp", path: root, errno: errno) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { rmdir(path) }
}
