// SPDX-License-Identifier: MIT

import CLinux
import Glibc

/// An allocator whose functions can be called in this process.
public struct LoadedAllocator: Sendable {
  public let functions: AllocatorFunctions
  /// The library that answers `malloc`: a path, or `builtin` for the floor.
  public let servedBy: String

  /// Loads the allocator and makes sure that it, and no other, answers.
  ///
  /// `expectedLibrary` is the preloaded library that must serve the process; nil when the C library should.
  public init(_ source: AllocatorSource, expectedLibrary: String? = nil) throws(AllocatorError) {
    switch source {
    case .floor:
      guard FloorAllocator.prepare() else { throw .noAddressSpace }
      functions = FloorAllocator.functions
      servedBy = "builtin"
    case .process:
      functions = try Self.functions(in: nil, path: "the process", prefix: "")
      servedBy = try Self.library(serving: functions)
      if let expectedLibrary, !Self.isSameFile(servedBy, expectedLibrary) {
        throw .notServed(expected: expectedLibrary, found: servedBy)
      }
    case .library(let path, let prefix):
      guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
        throw .notLoadable(path: path, reason: dlerror().map { String(cString: $0) } ?? "unknown reason")
      }
      functions = try Self.functions(in: handle, path: path, prefix: prefix)
      servedBy = try Self.library(serving: functions)
      guard Self.isSameFile(servedBy, path) else { throw .notServed(expected: path, found: servedBy) }
      try Self.checkThatGlibcIsNotServing(functions, path: path)
    }
  }

  private static func functions(
    in handle: UnsafeMutableRawPointer?, path: String, prefix: String
  ) throws(AllocatorError) -> AllocatorFunctions {
    let home = dlsym(handle, prefix + "malloc").flatMap { linux_library_of($0) }.map { String(cString: $0) }
    /// dlsym looks into the libraries that a library depends on too, and the C library knows nothing of its blocks.
    func find(_ name: String) -> UnsafeMutableRawPointer? {
      guard let symbol = dlsym(handle, prefix + name) else { return nil }
      return linux_library_of(symbol).map { String(cString: $0) } == home ? symbol : nil
    }
    func require(_ name: String) throws(AllocatorError) -> UnsafeMutableRawPointer {
      guard let symbol = find(name) else { throw .missingSymbol(path: path, symbol: prefix + name) }
      return symbol
    }
    return AllocatorFunctions(
      malloc: unsafeBitCast(try require("malloc"), to: AllocatorFunctions.Malloc.self),
      calloc: unsafeBitCast(try require("calloc"), to: AllocatorFunctions.Calloc.self),
      realloc: unsafeBitCast(try require("realloc"), to: AllocatorFunctions.Realloc.self),
      alignedAlloc: unsafeBitCast(
        try require(find("memalign") == nil ? "aligned_alloc" : "memalign"),
        to: AllocatorFunctions.AlignedAlloc.self),
      free: unsafeBitCast(try require("free"), to: AllocatorFunctions.Free.self),
      usableSize: (find("malloc_usable_size") ?? find("usable_size")).map {
        unsafeBitCast($0, to: AllocatorFunctions.UsableSize.self)
      })
  }

  private static func library(serving functions: AllocatorFunctions) throws(AllocatorError) -> String {
    guard let name = linux_library_of(unsafeBitCast(functions.malloc, to: UnsafeRawPointer.self)) else {
      throw .notServed(expected: "a shared library", found: "code of no library")
    }
    return String(cString: name)
  }

  private static func isSameFile(_ first: String, _ second: String) -> Bool {
    var firstStatus = stat()
    var secondStatus = stat()
    guard stat(first, &firstStatus) == 0, stat(second, &secondStatus) == 0 else { return false }
    return firstStatus.st_ino == secondStatus.st_ino && firstStatus.st_dev == secondStatus.st_dev
  }

  /// A library can export `malloc` and pass every call on. Its blocks would then show up in glibc's own accounts.
  private static func checkThatGlibcIsNotServing(
    _ functions: AllocatorFunctions, path: String
  ) throws(AllocatorError) {
    let probeByteCount = 64 << 10
    let before = linux_libc_allocated_byte_count()
    let probes = (0..<8).map { _ in functions.malloc(probeByteCount) }
    let after = linux_libc_allocated_byte_count()
    for probe in probes { functions.free(probe) }
    if after >= before + probes.count * probeByteCount {
      throw .notServed(expected: path, found: "the C library's malloc")
    }
  }
}
