// SPDX-License-Identifier: MIT

import Allocators
import CLinux
import Results

/// What is recorded of the library behind an allocator.
enum LibraryFacts {
  static func library(of allocator: Allocator, load: LoadMethod) throws -> Library {
    switch allocator.source {
    case .floor:
      return Library(path: "builtin", version: HarnessVersion.current, load: .builtin)
    case .process:
      let path = libcPath
      return Library(
        path: path, version: String(cString: linux_libc_version()), sha256: try FileDigest.sha256(path),
        load: .builtin)
    case .library(let path, _):
      return Library(path: path, version: version(of: path), sha256: try FileDigest.sha256(path), load: load)
    }
  }

  /// The file of the C library in this process, which the worker, started with the same loader, maps too.
  private static var libcPath: String {
    String(cString: linux_libc_path())
  }

  /// What follows `.so.` in the file's name; empty when nothing does.
  private static func version(of path: String) -> String {
    guard let range = path.firstRange(of: ".so.") else { return "" }
    return String(path[range.upperBound...])
  }
}
