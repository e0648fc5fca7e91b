// SPDX-License-Identifier: MIT

import CACE

/// The environment of the program. The first call of malloc can come from the dynamic linker, before the C library knows
/// its environment; the kernel knows it from the start.
enum ProgramEnvironment {
  // Derived from ARG_MAX with the usual stack limit, and as much again; only what is read is ever touched.
  private static let capacity = 4 << 20

  /// Calls `body` with every `NAME=value`.
  static func forEach(_ body: (TextSlice) -> Void) {
    guard let environment = ace_environment() else { return forEachOfKernel(body) }
    var index = 0
    while let entry = environment[index] {
      body(TextSlice(entry))
      index += 1
    }
  }

  private static func forEachOfKernel(_ body: (TextSlice) -> Void) {
    guard let memory = ace_map(nil, capacity, PROT_READ | PROT_WRITE, Int32(MAP_NORESERVE)) else { return }
    defer { munmap(memory, capacity) }
    let count = read(into: memory)
    let text = memory.assumingMemoryBound(to: CChar.self)
    var start = 0
    while start < count {
      let entry = TextSlice(text + start)
      body(entry)
      start += entry.count + 1
    }
  }

  /// Reads /proc/self/environ; how many bytes.
  private static func read(into memory: UnsafeMutableRawPointer) -> Int {
    let path: StaticString = "/proc/self/environ"
    let file = ace_open_for_reading(UnsafeRawPointer(path.utf8Start).assumingMemoryBound(to: CChar.self))
    guard file >= 0 else { return 0 }
    defer { close(file) }
    return read(file, into: memory, capacity)
  }

  /// Reads an open file; how many bytes. The last byte of the memory stays as it was.
  static func read(_ file: Int32, into memory: UnsafeMutableRawPointer, _ capacity: Int) -> Int {
    var count = 0
    while count < capacity - 1 {
      let received = CACE.read(file, memory + count, capacity - 1 - count)
      if received <= 0 { break }
      count += received
    }
    return count
  }
}
