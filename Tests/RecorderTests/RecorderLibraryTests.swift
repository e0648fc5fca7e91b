// SPDX-License-Identifier: MIT

import Testing

@Suite struct RecorderLibraryTests {
  private func symbols(_ options: String) -> Set<String> {
    let lines = RecordedProgram.shell("nm -D \(options) '\(RecordedProgram.recorder)'").output.split(separator: "\n")
    return Set(
      lines.compactMap { line in line.split(separator: " ").last?.split(separator: "@").first.map(String.init) })
  }

  @Test("the library exports the malloc family and nothing else")
  func exports() {
    #expect(
      symbols("--defined-only --extern-only") == [
        "malloc", "calloc", "realloc", "reallocarray", "free", "cfree", "free_sized", "free_aligned_sized",
        "memalign", "aligned_alloc", "posix_memalign", "valloc", "pvalloc",
      ])
  }

  @Test("the library needs nothing but the C library: no Swift runtime, no allocation but the allocator's")
  func imports() {
    let allowed: Set = [
      "__libc_malloc", "__libc_calloc", "__libc_realloc", "__libc_free", "__libc_memalign", "dlsym",
      "dlopen", "dl_iterate_phdr", "madvise",
      "__errno_location", "__register_atfork", "clock_gettime", "close", "fcntl", "fstat", "ftruncate",
      "getpagesize", "getpid", "getrlimit", "memcpy", "memmove", "memset", "mmap", "munmap", "open",
      "pthread_key_create", "pthread_mutex_init", "pthread_mutex_lock", "pthread_mutex_unlock",
      "pthread_setspecific", "read", "syscall",
      // Of the compiler's start-up files: weak, and absent in most programs.
      "_ITM_deregisterTMCloneTable", "_ITM_registerTMCloneTable", "__cxa_finalize", "__gmon_start__",
    ]
    #expect(symbols("--undefined-only").subtracting(allowed).isEmpty)
  }

  @Test("the library takes eight bytes of static thread storage")
  func threadStorage() {
    let headers = RecordedProgram.shell("readelf -lW '\(RecordedProgram.recorder)'").output
    let line = headers.split(separator: "\n").first { $0.contains(" TLS ") } ?? ""
    #expect(line.split(separator: " ").dropFirst(5).first == "0x000008")
  }
}
