// SPDX-License-Identifier: MIT

import Glibc

/// A path in a folder of its own that is removed with what it holds.
final class TemporaryFile {
  let path: String
  private let directory: String

  init() {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir
    var template = Array((base + "/acebench-trace-XXXXXX").utf8CString)
    precondition(mkdtemp(&template) != nil, "no temporary folder in \(base)")
    directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    path = directory + "/trace"
  }

  deinit {
    unlink(path)
    rmdir(directory)
  }

  /// What stands in the folder.
  var directoryEntryCount: Int {
    guard let folder = opendir(directory) else { return -1 }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    return count - 2
  }

  var bytes: [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte >= 0 { bytes.append(UInt8(byte)) }
    return bytes
  }
}
