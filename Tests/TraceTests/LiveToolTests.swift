// SPDX-License-Identifier: MIT

import Glibc
import TestSupport
import Testing

@testable import Trace

/// The tools themselves, where they are installed, on a small program; other versions may write other words.
@Suite("Traces of the tools on this machine")
struct LiveToolTests {
  private static func runs(_ command: String) -> Bool { system("{ \(command) ; } > /dev/null 2>&1") == 0 }

  private static let hasCompiler = runs("command -v cc")

  /// Compiles a program that keeps 3 of 100 blocks of 1 to 100 bytes, and runs a command on it in a folder of its own;
  /// `$P` is the program, and `$O` what is to be read then.
  private func trace(_ command: String) throws -> ImportedTrace {
    let output = TemporaryFile()
    let folder = String(output.path.dropLast("/trace".count))
    let source = """
      #include <stdlib.h>
      #include <mcheck.h>
      int main(void) {
        if (getenv("MALLOC_TRACE")) mtrace();
        for (volatile int size = 1; size <= 100; size++) {
          volatile char *block = malloc(size);
          if (size % 40) free((void *)block);
        }
        return malloc(7) == 0;
      }
      """
    let program = folder + "/program"
    defer { for name in ["", ".c", ".zst", ".raw.zst", ".gz", ".raw.gz"] { unlink(program + name) } }
    let script = """
      P='\(program)' O='\(output.path)'; cd '\(folder)' && cat > "$P.c" && cc -O0 -o "$P" "$P.c" && \(command)
      """
    let pipe = try #require(popen("{ \(script) ; } > /dev/null 2>&1", "w"))
    fputs(source, pipe)
    #expect(pclose(pipe) == 0)
    return try ImportedTrace(output.bytes)
  }

  /// The blocks of the program are among those that a runtime library may add.
  private func check(_ trace: ImportedTrace) {
    var live: [UInt64: UInt64] = [:]
    var sizes: [UInt64] = []
    for event in trace.events {
      if event.kind == .free {
        live[event.block] = nil
      } else {
        live[event.block] = event.size
        if (1...100).contains(event.size) { sizes.append(event.size) }
      }
    }
    #expect(sizes == Array(1...100) + [7])
    #expect(live.values.filter { $0 <= 100 }.sorted() == [7, 40, 80])
  }

  @Test("mtrace", .enabled(if: hasCompiler && runs("ls /lib/*/libc_malloc_debug.so.0")))
  func mtrace() throws { check(try trace("MALLOC_TRACE=$O LD_PRELOAD=libc_malloc_debug.so.0 $P")) }

  @Test("valgrind", .enabled(if: hasCompiler && runs("command -v valgrind")))
  func valgrind() throws {
    check(try trace("valgrind --trace-malloc=yes --log-file=$O $P"))
  }

  @Test("heaptrack", .enabled(if: hasCompiler && runs("command -v heaptrack")))
  func heaptrack() throws { check(try trace("heaptrack --raw -o $P $P && mv $P.raw.* $O")) }
}
