// SPDX-License-Identifier: MIT

import Glibc
import Synchronization
import TestSupport

/// A C or C++ program of Programs, which knows nothing of ACE but what it finds by name, as any program would.
struct MallocProgram {
  /// The compiled program.
  let path: String

  private static let known = Mutex<[String: String]>([:])

  init(_ source: String, options: [String] = []) {
    path = Self.compiled(source, as: source.replacing(".", with: "-"), options)
  }

  /// A shared library of Programs, for a program to link with or to open.
  static func library(_ source: String) -> String {
    compiled(source, as: source.replacing(".", with: "-") + ".so", ["-shared", "-fPIC"])
  }

  /// Compiles a source once. Calls stay calls: a compiler that knows malloc may leave out what is tested.
  private static func compiled(_ source: String, as product: String, _ options: [String]) -> String {
    known.withLock { known in
      if let path = known[product] { return path }
      let folder = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.endIndex))
      let path = Products.path("malloc-" + product)
      let compilers =
        source.hasSuffix(".cpp")
        ? "$(command -v clang++ || command -v c++) -std=c++17 -faligned-new -fsized-deallocation"
        : "$(command -v clang || command -v cc)"
      let ending = shell(
        "\(compilers) -O1 -g -fno-builtin -pthread -w -o '\(path).$$' '\(folder)/Programs/\(source)'"
          + " \"$@\" && mv '\(path).$$' '\(path)'", options)
      precondition(ending.status == 0, ending.errors)
      known[product] = path
      return path
    }
  }

  /// Runs the program under a library, or under the C library's own malloc, in a bare environment with the settings.
  func run(
    _ arguments: [String] = [], under library: Library?, settings: [String] = [], timeLimitSeconds: Int = 120
  ) -> Ending {
    let preload = library.map { ["LD_PRELOAD=" + $0.path] } ?? []
    // timeout ends as the program did; a core dumped would be a line of its own.
    return Self.shell(
      "ulimit -c 0; exec timeout -k 1 \(timeLimitSeconds) env -i PATH=/usr/bin:/bin \"$@\"",
      preload + settings + [path] + arguments)
  }

  /// Runs a command of the shell, with its arguments.
  static func shell(_ command: String, _ arguments: [String]) -> Ending {
    let folder = TemporaryFolder()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, folder.file("output"), flags, 0o644)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, folder.file("errors"), flags, 0o644)
    // Threads of the test program block signals, and children would inherit that.
    var attributes = posix_spawnattr_t()
    var signals = sigset_t()
    posix_spawnattr_init(&attributes)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var words = (["/bin/sh", "-c", command, "sh"] + arguments).map { strdup($0) } + [nil]
    var process: pid_t = 0
    let result = posix_spawn(&process, "/bin/sh", &actions, &attributes, &words, environ)
    precondition(result == 0, String(cString: strerror(result)))
    for word in words { free(word) }
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
    var raw: Int32 = 0
    while waitpid(process, &raw, 0) < 0, errno == EINTR {}
    return Ending(
      status: raw & 0x7f == 0 ? raw >> 8 & 0xff : 128 + (raw & 0x7f),
      output: String(decoding: folder.read("output"), as: UTF8.self),
      errors: String(decoding: folder.read("errors"), as: UTF8.self))
  }
}
