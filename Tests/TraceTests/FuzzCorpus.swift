// SPDX-License-Identifier: MIT

import Glibc

/// The seeds of the fuzzer, and what it found.
enum FuzzCorpus {
  /// The files, beside this one.
  static let paths: [String] = {
    let source = #filePath
    let directory = source[..<(source.lastIndex(of: "/") ?? source.endIndex)] + "/Corpus"
    guard let folder = opendir(String(directory)) else { return [] }
    defer { closedir(folder) }
    var paths: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { paths.append("\(directory)/\(name)") }
    }
    return paths.sorted()
  }()
}
