// SPDX-License-Identifier: MIT

import Allocators
import Glibc
import Testing

@Suite("An allocator that is loaded is the one that was asked for")
struct LoadedAllocatorTests {
  /// The C library's file.
  private func systemLibrary() throws -> String { try LoadedAllocator(.process).servedBy }

  @Test("the floor is built in, and answers every request")
  func floor() throws {
    let floor = try LoadedAllocator(.floor)
    #expect(floor.servedBy == "builtin")
    #expect(floor.functions.usableSize == nil)
    for size in [0, 1, 15, 16, 4096, 32768, 32769, 1 << 20, 1 << 40] {
      let block = try #require(floor.functions.malloc(size), "\(size) bytes")
      #expect(Int(bitPattern: block) % 16 == 0, "\(size) bytes")
      // Both ends can be written.
      block.storeBytes(of: 1, as: UInt8.self)
      (block + max(size - 1, 0)).storeBytes(of: 1, as: UInt8.self)
      #expect(floor.functions.calloc(1, size) != nil, "\(size) bytes")
      #expect(floor.functions.realloc(nil, size) != nil, "\(size) bytes")
      floor.functions.free(block)
    }
    #expect(floor.functions.malloc(64) != floor.functions.malloc(64))
    for shift in 0..<21 {
      let block = try #require(floor.functions.alignedAlloc(1 << shift, 100))
      #expect(shift > 12 || Int(bitPattern: block) % (1 << shift) == 0, "alignment \(1 << shift)")
    }
    let block = floor.functions.malloc(100)
    #expect(floor.functions.realloc(block, 200) == block)
  }

  @Test("the process's allocator is the C library's, and works")
  func process() throws {
    let system = try LoadedAllocator(.process)
    #expect(system.servedBy.contains("libc"))
    let block = try #require(system.functions.calloc(10, 10))
    #expect((0..<100).allSatisfy { block.load(fromByteOffset: $0, as: UInt8.self) == 0 })
    #expect((system.functions.usableSize?(block) ?? 0) >= 100)
    let moved = try #require(system.functions.realloc(block, 5000))
    system.functions.free(moved)
    let aligned = try #require(system.functions.alignedAlloc(4096, 10))
    #expect(Int(bitPattern: aligned) % 4096 == 0)
    system.functions.free(aligned)
  }

  @Test("a preloaded library that does not serve is told with who does")
  func notPreloaded() throws {
    let found = try systemLibrary()
    #expect(throws: AllocatorError.notServed(expected: "/usr/lib/libother.so", found: found)) {
      try LoadedAllocator(.process, expectedLibrary: "/usr/lib/libother.so")
    }
  }

  @Test("a library without a malloc does not get the C library's")
  func withoutMalloc() throws {
    let found = try systemLibrary()
    #expect(throws: AllocatorError.notServed(expected: "libm.so.6", found: found)) {
      try LoadedAllocator(.library(path: "libm.so.6", prefix: ""))
    }
    #expect(throws: AllocatorError.missingSymbol(path: "libm.so.6", symbol: "own_malloc")) {
      try LoadedAllocator(.library(path: "libm.so.6", prefix: "own_"))
    }
  }

  @Test("a file that is none does not load")
  func missing() {
    #expect {
      try LoadedAllocator(.library(path: "/nowhere/lib.so", prefix: ""))
    } throws: { error in
      guard case AllocatorError.notLoadable(let path, let reason) = error else { return false }
      return path == "/nowhere/lib.so" && reason.contains("No such file")
    }
  }
}
