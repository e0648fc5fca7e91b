// SPDX-License-Identifier: MIT

import Glibc

/// A program that runs beside the test, its output going to files.
final class StartedProgram {
  let process: pid_t
  /// Its folder, which must not go before it does.
  private let sandbox: Sandbox
  private let outputPath: String
  private let errorPath: String
  private var status: Int32?

  /// - Parameter outputPath: where standard output goes; standard error goes to a file beside it.
  init(
    _ path: String, _ arguments: [String], environment: [String: String], in sandbox: Sandbox, outputPath: String,
    errorPath: String
  ) {
    self.sandbox = sandbox
    self.outputPath = outputPath
    self.errorPath = errorPath
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, outputPath, flags, 0o644)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errorPath, flags, 0o644)
    // Threads of the test program block signals, and children would inherit that.
    var attributes = posix_spawnattr_t()
    var signals = sigset_t()
    posix_spawnattr_init(&attributes)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var variables: [String] = []
    var next = environ
    while let entry = next.pointee {
      let variable = String(cString: entry)
      if environment[String(variable.prefix { $0 != "=" })] == nil { variables.append(variable) }
      next += 1
    }
    variables += environment.map { "\($0.key)=\($0.value)" }
    // env becomes the program, in its folder, as the same process.
    let env = "/usr/bin/env"
    var argumentVector = ([env, "-C", sandbox.folder, path] + arguments).map { strdup($0) } + [nil]
    var variableVector = variables.map { strdup($0) } + [nil]
    var process: pid_t = 0
    let result = posix_spawn(&process, env, &actions, &attributes, &argumentVector, &variableVector)
    precondition(result == 0, "\(path): \(String(cString: strerror(result)))")
    for pointer in argumentVector + variableVector { free(pointer) }
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
    self.process = process
  }

  deinit {
    guard status == nil else { return }
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }

  /// Sends a signal; the process exists at least until it is waited for.
  func send(_ signal: Int32) { kill(process, signal) }

  /// Whether it has not ended yet; `wait` is still to be called when it has.
  var isRunning: Bool {
    var information = siginfo_t()
    return waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT) == 0 && information.si_signo == 0
  }

  /// The processes that it has started and that still run.
  var children: [pid_t] {
    TextFile.read("/proc/\(process)/task/\(process)/children").split(separator: " ").compactMap { pid_t($0) }
  }

  /// What it has written to standard error so far.
  var errorsSoFar: String { TextFile.read(errorPath) }

  /// Waits for its end.
  func wait() -> Ending {
    var raw: Int32 = 0
    while waitpid(process, &raw, 0) < 0, errno == EINTR {}
    let status = raw & 0x7f == 0 ? raw >> 8 & 0xff : 128 + (raw & 0x7f)
    self.status = status
    return Ending(status: status, output: TextFile.read(outputPath), errors: TextFile.read(errorPath))
  }
}
