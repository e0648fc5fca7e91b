// SPDX-License-Identifier: MIT

import FoundationEssentials
import Glibc
import TestSupport

/// A folder in which commands are run, each in an empty folder of the same path, so that paths in what they write are the
/// same, too. It goes with everything in it.
final class Workplace {
  let folder: String

  /// The programs that the tests bring along.
  static let programs: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast().joined(separator: "/") + "/Programs"
  }()

  /// The sources of the project.
  static let sources: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(3).joined(separator: "/")
  }()

  init() {
    var template = Array("/tmp/acebench-real-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "no temporary folder")
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Whether a command of the shell succeeds, for conditions of tests.
  static func succeeds(_ command: String) -> Bool {
    let workplace = Workplace()
    return workplace.run(command, as: "condition", environment: [], secondLimit: 60).status == 0
  }

  /// Runs a command of bash to its end and keeps its folder under a name.
  /// - Parameter environment: `NAME=value`, for bash and what it starts.
  /// - Parameter secondLimit: after so many seconds the command and what it started is killed.
  func run(_ command: String, as name: String, environment: [String], secondLimit: Int) -> Ending {
    let work = folder + "/work"
    precondition(mkdir(work, 0o755) == 0, "no folder for the command")
    // timeout leads a process group of its own, and ends all of it. It is not preloaded, nor is env.
    let arguments =
      ["/usr/bin/timeout", "-k", "5", String(secondLimit), "/usr/bin/env", "-C", work, "-u", "LD_PRELOAD"]
      + ["LC_ALL=C", "PROGRAMS=\(Self.programs)", "SOURCES=\(Self.sources)", "PRODUCTS=\(Products.directory)"]
      + ["LIBRARY=\(PreloadedLibrary.path.split(separator: ":").last ?? "")"] + environment
      + ["bash", "-c", "set -euo pipefail; \(command)"]
    let status = Self.wait(spawn(arguments, outputs: "\(folder)/\(name)"))
    let ending = Ending(status: status, output: read("\(name).out"), errors: read("\(name).err"))
    precondition(rename(work, "\(folder)/\(name)") == 0, "the command's folder cannot be moved")
    return ending
  }

  /// What differs between the files of two commands, a line each; nothing when they are the same.
  /// - Parameter exceptFor: patterns of names of files that are not looked at.
  func differences(between first: String, and second: String, exceptFor: [String]) -> String {
    let arguments =
      ["/usr/bin/env", "-C", folder, "diff", "-rq", "--no-dereference"] + exceptFor.flatMap { ["-x", $0] }
      + [first, second]
    let status = Self.wait(spawn(arguments, outputs: folder + "/differences"))
    return status == 0 ? "" : read("differences.out") + read("differences.err")
  }

  private func read(_ name: String) -> String {
    String(decoding: FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data(), as: UTF8.self)
  }

  private func spawn(_ arguments: [String], outputs: String) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, outputs + ".out", flags, 0o644)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, outputs + ".err", flags, 0o644)
    // Threads of the test program block signals, and children would inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGINT, SIGTERM, SIGPIPE, SIGCHLD, SIGALRM] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var process: pid_t = 0
    var vector = arguments.map { strdup($0) } + [nil]
    let result = posix_spawn(&process, arguments[0], &actions, &attributes, &vector, environ)
    precondition(result == 0, "\(arguments[0]): \(String(cString: strerror(result)))")
    for pointer in vector { free(pointer) }
    return process
  }

  private static func wait(_ process: pid_t) -> Int32 {
    var raw: Int32 = 0
    while waitpid(process, &raw, 0) < 0, errno == EINTR {}
    return raw & 0x7f == 0 ? raw >> 8 & 0xff : 128 + (raw & 0x7f)
  }
}
