// SPDX-License-Identifier: MIT

import CLinux
import Glibc

/// An allocator whose functions can be called in this process.
public struct LoadedAllocator: Sendable {
  public let functions: AllocatorFunctions
  /// The library that answers `malloc`: a path, or `builtin` for the floor.
  public let servedBy: String
  /// What the library tells of itself, when it is one of ACE's, whatever it is called here.
  public let ace: ACEInterface?

  /// Loads the allocator and makes sure that it, and no other, answers.
  ///
  /// - Parameters:
  ///   - expectedLibrary: The preloaded library that must serve the process; nil when the C library should.
  ///   - isACE: Whether the library has to tell ACE's counters, without which nobody knows whether ACE did the work.
  public init(
    _ source: AllocatorSource, expectedLibrary: String? = nil, isACE: Bool = false
  ) throws(AllocatorError) {
    switch source {
    case .floor:
      ace = nil
      guard FloorAllocator.prepare() else { throw .noAddressSpace }
      functions = FloorAllocator.functions
      servedBy = "builtin"
    case .process:
      functions = try Self.functions(in: nil, path: "the process", prefix: "")
      servedBy = try Self.library(serving: functions)
      ace = Self.ace(in: nil, of: servedBy)
      if let expectedLibrary, !Self.isSameFile(servedBy, expectedLibrary) {
        throw .notServed(expected: expectedLibrary, found: servedBy)
      }
    case .library(let path, let prefix):
      guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
        throw .notLoadable(path: path, reason: dlerror().map { String(cString: $0) } ?? "unknown reason")
      }
      functions = try Self.functions(in: handle, path: path, prefix: prefix)
      servedBy = try Self.library(serving: functions)
      ace = Self.ace(in: handle, of: servedBy)
      guard Self.isSameFile(servedBy, path) else { throw .notServed(expected: path, found: servedBy) }
      try Self.checkThatGlibcIsNotServing(functions, path: path)
    }
    if isACE, ace == nil { throw .noStatistics(path: servedBy) }
  }

  private static func ace(in handle: UnsafeMutableRawPointer?, of servingLibrary: String) -> ACEInterface? {
    ACEInterface { name in
      // In the library that serves, and not in one that it needs or that is preloaded beside it.
      guard let symbol = dlsym(handle, name), let library = linux_library_of(symbol) else { return nil }
      return String(cString: library) == servingLibrary ? symbol : nil
    }
  }

  private static func functions(
    in handle: UnsafeMutableRawPointer?, path: String, prefix: String
  ) throws(AllocatorError) -> AllocatorFunctions {
    // A library's symbols are looked for in those that it needs too: a lack would quietly be the C library's gain.
    let home = dlsym(handle, prefix + "malloc").flatMap { linux_library_of($0) }.map { String(cString: $0) }
    func find(_ name: String) -> UnsafeMutableRawPointer? {
      guard let symbol = dlsym(handle, prefix + name), let library = linux_library_of(symbol) else { return nil }
      return home == String(cString: library) ? symbol : nil
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
