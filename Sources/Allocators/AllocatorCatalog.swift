// SPDX-License-Identifier: MIT

import Glibc

/// The allocators that can be named, and where their libraries are looked for.
public enum AllocatorCatalog {
  /// In the order in which they are listed and, unless told otherwise, measured.
  public static let all: [KnownAllocator] = [
    KnownAllocator(name: "system", summary: "the C library's malloc", origin: .process),
    KnownAllocator(name: "null", summary: "the floor: the harness with an allocator that does nothing", origin: .floor),
    KnownAllocator(
      name: "ace", summary: "this project's allocator",
      origin: .library(names: ["libace.so"], variable: "ACE_LIB")),
    KnownAllocator(
      name: "ace-table", summary: "ACE with the records of slabs in a table of their own",
      origin: .library(names: ["libace-table.so"], variable: "ACE_TABLE_LIB"), isVariant: true),
    KnownAllocator(
      name: "ace-header", summary: "ACE with a header before each block",
      origin: .library(names: ["libace-header.so"], variable: "ACE_HEADER_LIB"), isVariant: true),
    KnownAllocator(
      name: "mimalloc", summary: "Microsoft's allocator (Debian: libmimalloc2.0)",
      origin: .library(
        names: ["libmimalloc.so.3", "libmimalloc.so.2", "libmimalloc.so.2.0", "libmimalloc.so"],
        variable: "MIMALLOC_LIB")),
    KnownAllocator(
      name: "jemalloc", summary: "FreeBSD's and Meta's allocator (Debian: libjemalloc2)",
      origin: .library(names: ["libjemalloc.so.2", "libjemalloc.so"], variable: "JEMALLOC_LIB")),
    KnownAllocator(
      name: "tcmalloc", summary: "gperftools' allocator (Debian: libtcmalloc-minimal4)",
      origin: .library(
        names: ["libtcmalloc_minimal.so.4", "libtcmalloc_minimal.so", "libtcmalloc.so.4"], variable: "TCMALLOC_LIB")),
  ]

  /// The usual folders of libraries, the program's own first.
  public static var libraryFolders: [String] {
    var folders = ProgramFolder.path.map { [$0] } ?? []
    #if arch(x86_64)
      let triplet = "x86_64-linux-gnu"
    #else
      let triplet = "aarch64-linux-gnu"
    #endif
    for root in ["/usr/local/lib", "/usr/lib", "/lib"] { folders += [root + "/" + triplet, root] }
    return folders + ["/usr/lib64", "/usr/local/lib64"]
  }

  /// The allocator of a description: a known name, `name=/path.so`, or `name=/path.so:prefix` for a library whose
  /// functions are called `prefix` + `malloc` and so on.
  public static func allocator(describedBy text: String) throws(AllocatorError) -> Allocator {
    guard let equals = text.firstIndex(of: "=") else { return try known(text) }
    let name = String(text[..<equals])
    let parts = text[text.index(after: equals)...].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let path = String(parts.first ?? "")
    guard !name.isEmpty, !path.isEmpty, !all.contains(where: { $0.name == name && !$0.isLibrary }) else {
      throw .malformed(description: text)
    }
    guard let found = realPath(path) else { throw .notFound(name: name, places: [path]) }
    return Allocator(name: name, source: .library(path: found, prefix: parts.count > 1 ? String(parts[1]) : ""))
  }

  private static func known(_ name: String) throws(AllocatorError) -> Allocator {
    guard let known = all.first(where: { $0.name == name }) else {
      throw .unknown(name: name, known: all.map(\.name))
    }
    switch known.origin {
    case .floor: return Allocator(name: name, source: .floor)
    case .process: return Allocator(name: name, source: .process)
    case .library(let names, let variable):
      if let chosen = getenv(variable).map({ String(cString: $0) }), !chosen.isEmpty {
        guard let found = realPath(chosen) else { throw .notFound(name: name, places: ["\(variable)=\(chosen)"]) }
        return Allocator(name: name, source: .library(path: found, prefix: ""))
      }
      for folder in libraryFolders {
        for file in names {
          if let found = realPath(folder + "/" + file) {
            return Allocator(name: name, source: .library(path: found, prefix: ""))
          }
        }
      }
      throw .notFound(name: name, places: libraryFolders.map { $0 + "/" + names[0] })
    }
  }

  /// The file behind a path, symbolic links followed; nil when there is none.
  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
