// SPDX-License-Identifier: MIT

import CLinux
import Glibc

/// A program that is run to its end, with what it wrote.
public struct ChildProcess {
  /// How it ended.
  public struct Ending: Sendable {
    /// nil when a signal ended it.
    public var exitCode: Int32?
    /// nil when it ended by itself.
    public var signal: Int32?
    /// It was killed at its time limit.
    public var timedOut = false
    /// It was killed because the user interrupted acebench.
    public var interrupted = false
    public var standardOutput: [UInt8] = []
    /// The last few kilobytes of what it wrote to standard error.
    public var standardErrorTail: [UInt8] = []

    public init() {}
  }

  public var path: String
  public var arguments: [String]
  /// `NAME=value`, all of them.
  public var environment: [String]
  public var timeLimitSeconds: Double
  /// Told that the program has ended, while /proc still has what it has done.
  public var didEnd: ((pid_t) -> Void)?

  public init(path: String, arguments: [String], environment: [String], timeLimitSeconds: Double) {
    self.path = path
    self.arguments = arguments
    self.environment = environment
    self.timeLimitSeconds = timeLimitSeconds
  }

  public init(_ command: WorkerCommand, timeLimitSeconds: Double) {
    self.init(
      path: command.path, arguments: command.arguments, environment: command.environment,
      timeLimitSeconds: timeLimitSeconds)
  }

  /// No program writes more than this to be read here; past it, the rest is dropped.
  private static let outputLimitByteCount = 64 << 20
  private static let errorTailByteCount = 4096

  /// Starts the program in a process group of its own, and waits for its end.
  public func run() throws(ExperimentError) -> Ending {
    var output: [Int32] = [-1, -1]
    var errors: [Int32] = [-1, -1]
    guard linux_pipe(&output) == 0, linux_pipe(&errors) == 0 else {
      throw .system(call: "pipe2", path: path, errno: errno)
    }
    defer {
      close(output[0])
      close(errors[0])
    }
    let process = spawn(output: output[1], errors: errors[1])
    close(output[1])
    close(errors[1])
    guard process > 0 else { throw .system(call: "posix_spawn", path: path, errno: -process) }
    var ending = Ending()
    collect(from: process, output: output[0], errors: errors[0], into: &ending)
    if let didEnd {
      var information = siginfo_t()
      while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
      didEnd(process)
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    if status & 0x7f == 0 {
      ending.exitCode = status >> 8 & 0xff
    } else {
      ending.signal = status & 0x7f
    }
    return ending
  }

  /// The process, or the negated error number.
  private func spawn(output: Int32, errors: Int32) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    SpawnAttributes.initialize(&attributes, ownGroup: true)
    var process: pid_t = 0
    let result = CStrings.with([path] + arguments) { argumentVector in
      CStrings.with(environment) { environmentVector in
        posix_spawn(&process, path, &actions, &attributes, argumentVector, environmentVector)
      }
    }
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
    return result == 0 ? process : -result
  }

  /// Reads both streams until they are closed and the program has ended, the time is up, or the user interrupts.
  private func collect(from process: pid_t, output: Int32, errors: Int32, into ending: inout Ending) {
    let processDescriptor = linux_open_process(process)
    defer { if processDescriptor >= 0 { close(processDescriptor) } }
    var watched = [
      pollfd(fd: output, events: Int16(POLLIN), revents: 0), pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
      // A program can close its streams and go on.
      pollfd(fd: processDescriptor, events: Int16(POLLIN), revents: 0),
    ]
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    let deadline = MonotonicTime.nowSeconds() + timeLimitSeconds
    while watched.contains(where: { $0.fd >= 0 }) {
      let left = deadline - MonotonicTime.nowSeconds()
      if left <= 0 || Interruption.isRequested {
        ending.interrupted = Interruption.isRequested
        ending.timedOut = !ending.interrupted
        kill(-process, SIGKILL)
        return
      }
      // Short naps, because a signal may arrive between the test above and the call.
      guard poll(&watched, nfds_t(watched.count), Int32(min(left, 0.2) * 1000) + 1) > 0 else { continue }
      for index in watched.indices where watched[index].fd >= 0 && watched[index].revents != 0 {
        if index == 2 {
          watched[index].fd = -1
          continue
        }
        let count = read(watched[index].fd, &buffer, buffer.count)
        if count <= 0 {
          if count < 0, errno == EINTR { continue }
          watched[index].fd = -1
        } else if index == 0 {
          if ending.standardOutput.count < Self.outputLimitByteCount { ending.standardOutput += buffer[..<count] }
        } else {
          ending.standardErrorTail += buffer[..<count]
          ending.standardErrorTail.removeFirst(max(0, ending.standardErrorTail.count - Self.errorTailByteCount))
        }
      }
    }
  }
}
