// SPDX-License-Identifier: MIT

import CRecorder

/// The environment that the program was started with, read from /proc.
enum ProgramEnvironment {
  // Derived from ARG_MAX with the usual stack limit, and as much again; only what is read is ever touched.
  private static let capacity = 4 << 20

  /// Calls `body` with every `NAME=value` and its length.
  static func forEach(_ body: (UnsafePointer<CChar>, Int) -> Void) {
    let memory = mmap(nil, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard recorder_map_failed(memory) == 0, let memory else { return }
    defer { munmap(memory, capacity) }
    let file = recorder_open(("/proc/self/environ" as StaticString).cString, O_RDONLY | O_CLOEXEC, 0)
    guard file >= 0 else { return }
    var count = 0
    // The last byte stays zero.
    while count < capacity - 1 {
      let received = read(file, memory + count, capacity - 1 - count)
      if received <= 0 { break }
      count += received
    }
    close(file)
    let text = UnsafePointer(memory.assumingMemoryBound(to: CChar.self))
    var start = 0
    while start < count {
      var end = start
      while text[end] != 0 { end += 1 }
      body(text + start, end - start)
      start = end + 1
    }
  }

  /// Whether an entry is a variable that changes what an allocator does.
  static func concernsAllocators(_ entry: UnsafePointer<CChar>) -> Bool {
    let prefixes: (StaticString, StaticString, StaticString, StaticString, StaticString, StaticString) = (
      "LD_PRELOAD=", "LD_LIBRARY_PATH=", "MALLOC_", "GLIBC_TUNABLES=", "MIMALLOC_", "TCMALLOC_"
    )
    return Settings.value(of: prefixes.0, in: entry) != nil || Settings.value(of: prefixes.1, in: entry) != nil
      || Settings.value(of: prefixes.2, in: entry) != nil || Settings.value(of: prefixes.3, in: entry) != nil
      || Settings.value(of: prefixes.4, in: entry) != nil || Settings.value(of: prefixes.5, in: entry) != nil
  }
}
