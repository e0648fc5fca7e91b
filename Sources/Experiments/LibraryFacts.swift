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
        path: path, version: String(cString: gnu_get_libc_version()), sha256: try FileDigest.sha256(path),
        load: .builtin)
    case .library(let path, _):
      return Library(path: path, version: version(of: path), sha256: try FileDigest.sha256(path), load: load)
    }
  }

  /// The file of the C library in this process, which the worker, started with the same loader, maps too.
  private static var libcPath: String {
    let address = unsafeBitCast(gnu_get_libc_version as @convention(c) () -> UnsafePointer<CChar>?, to: UnsafeRawPointer.self)
    return linux_library_of(address).map { String(cString: $0) } ?? "libc.so.6"
  }

  /// What follows `.so.` in the file's name; empty when nothing does.
  private static func version(of path: String) -> String {
    guard let range = path.firstRange(of: ".so.") else { return "" }
    return String(path[range.upperBound...])
  }
}
