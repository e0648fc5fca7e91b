// SPDX-License-Identifier: MIT

import CLinux
import Glibc
import Measurement

/// A program of the user's that runs in the foreground with its own input and output, and a library preloaded.
public struct ForegroundProgram {
  /// What the kernel says of a program that has ended.
  public struct Usage: Sendable {
    /// As a shell would put it: the exit code, or 128 + the signal.
    public var status: Int32
    public var processIdentifier: Int32
    public var elapsedNanoseconds: UInt64
    public var userNanoseconds: UInt64
    public var systemNanoseconds: UInt64
    public var minorFaultCount: UInt64
    public var majorFaultCount: UInt64 = 0
    public var contextSwitchCount: UInt64 = 0
    /// The highest `VmHWM` that was read while it ran: of the program itself, not of its children. nil when it ended
    /// within `shortestReadableNanoseconds`, before its memory could be read near its end.
    public var peakRSSByteCount: UInt64?
    /// False when the library that was to be preloaded was looked for in its memory often enough and was not there.
    public var hasLibrary = true
  }

  public var command: [String]
  /// `NAME=value` in addition to this process's environment.
  public var environment: [String]
  /// Standard output and standard error go nowhere when false.
  public var showsOutput = true
  /// Told that the program has ended, while /proc still has what it has done.
  public var didEnd: ((pid_t) -> Void)?
  /// Where it runs.
  public var binding = ProcessBinding()
  /// A preloaded library that is looked for while the program runs; nil for none.
  public var library: String?

  /// How often the peak is read. It is a high-water mark, so only what grew since the last reading is missed.
  private static let samplingMilliseconds: Int32 = 2
  /// Ten readings: the last then lies in the last tenth of the program.
  private static let shortestReadableNanoseconds: UInt64 = 20_000_000
  /// The first looks may find the loader at work, and the last a process that is ending.
  private static let sufficientLookCount = 10

  public init(command: [String], environment: [String], showsOutput: Bool = true) {
    self.command = command
    self.environment = environment
    self.showsOutput = showsOutput
  }

  /// All variables that the program gets.
  public var wholeEnvironment: [String] { WorkerCommand.inheritedEnvironment + environment }

  /// Runs the program to its end. Interrupts reach it as they would without acebench.
  public func run() throws(ExperimentError) -> Usage {
    let begin = Clock.nowNanoseconds()
    let process: pid_t
    do {
      process = try binding.whileBound { try spawn() }
    } catch {
      throw Self.failure(error, of: command[0])
    }
    var end = pollfd(fd: linux_open_process(process), events: Int16(POLLIN), revents: 0)
    defer { if end.fd >= 0 { close(end.fd) } }
    var peak: UInt64?
    var hasLibrary = library == nil
    var lookCount = 0
    var usage = rusage()
    var status: Int32 = 0
    while true {
      // Who wants to look at what has ended must come before it is waited for.
      let isWaitedFor = didEnd == nil || Self.hasEnded(process)
      if isWaitedFor {
        didEnd?(process)
        let ended = wait4(process, &status, WNOHANG, &usage)
        if ended == process { break }
        if ended < 0, errno != EINTR { throw .system(call: "wait4", path: command[0], errno: errno) }
      }
      if let reading = Self.peakByteCount(of: process) { peak = max(peak ?? 0, reading) }
      if let library, !hasLibrary {
        hasLibrary = Self.maps(library, in: process)
        lookCount += 1
      }
      // Wakes at once when the program ends, so that its time is not rounded to the sampling.
      poll(&end, 1, Self.samplingMilliseconds)
    }
    let elapsedNanoseconds = Clock.nowNanoseconds() - begin
    if elapsedNanoseconds < Self.shortestReadableNanoseconds { peak = nil }
    return Usage(
      status: status & 0x7f == 0 ? status >> 8 & 0xff : 128 + (status & 0x7f),
      processIdentifier: process, elapsedNanoseconds: elapsedNanoseconds,
      userNanoseconds: Self.nanoseconds(usage.ru_utime), systemNanoseconds: Self.nanoseconds(usage.ru_stime),
      minorFaultCount: UInt64(usage.ru_minflt), majorFaultCount: UInt64(usage.ru_majflt),
      contextSwitchCount: UInt64(usage.ru_nvcsw + usage.ru_nivcsw), peakRSSByteCount: peak,
      hasLibrary: hasLibrary || lookCount < Self.sufficientLookCount)
  }

  /// Whether a process has ended that is not waited for yet.
  static func hasEnded(_ process: pid_t) -> Bool {
    var information = siginfo_t()
    return waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT) == 0 && information.si_signo != 0
  }

  private static func failure(_ error: any Error, of program: String) -> ExperimentError {
    switch error {
    case let error as ExperimentError: error
    case ProcessBinding.Refusal.policy(let code): .system(call: "set_mempolicy", path: program, errno: code)
    default: .system(call: "sched_setaffinity", path: program, errno: EINVAL)
    }
  }

  private func spawn() throws(ExperimentError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    if !showsOutput {
      posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
      posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    }
    var attributes = posix_spawnattr_t()
    SpawnAttributes.initialize(&attributes, ownGroup: false)
    var process: pid_t = 0
    let variables = wholeEnvironment
    let result = CStrings.with(command) { arguments in
      CStrings.with(variables) { posix_spawnp(&process, command[0], &actions, &attributes, arguments, $0) }
    }
    posix_spawn_file_actions_destroy(&actions)
    posix_spawnattr_destroy(&attributes)
    guard result == 0 else { throw .system(call: "posix_spawn", path: command[0], errno: result) }
    return process
  }

  private static func nanoseconds(_ time: timeval) -> UInt64 {
    UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_usec) * 1000
  }

  /// Whether a file lies in a process's memory.
  private static func maps(_ path: String, in process: pid_t) -> Bool {
    guard let real = realpath(path, nil) else { return false }
    defer { free(real) }
    guard let maps = fopen("/proc/\(process)/maps", "re") else { return false }
    defer { fclose(maps) }
    var line = [CChar](repeating: 0, count: Int(PATH_MAX) + 256)
    while fgets(&line, Int32(line.count), maps) != nil {
      if strstr(line, real) != nil { return true }
    }
    return false
  }

  /// `VmHWM` of a process; nil when it has none (any more).
  private static func peakByteCount(of process: pid_t) -> UInt64? {
    let status = ProcessFile(path: "/proc/\(process)/status")
    return status.kilobytes("VmHWM:").map { $0 << 10 }
  }
}
