// SPDX-License-Identifier: MIT

import CLinux
import Experiments
import Glibc
import Measurement

/// Counts the calls that allocators make (`SyscallBackend.ptrace`) by stopping the program at each.
///
/// The program cannot be let go: its filter would refuse its calls. So the tracer stays until the last of its processes has ended,
/// also when that outlives the program, but counts no further than that.
public struct SyscallTracer {
  /// How the program ended.
  public struct Ending: Sendable {
    /// nil when a signal ended it.
    public var exitCode: Int32?
    /// nil when it ended by itself.
    public var signal: Int32?
    /// It was killed at its time limit.
    public var timedOut = false
    /// As a shell would put it.
    public var status: Int32 { exitCode ?? 128 + (signal ?? 0) }
  }

  private let command: [String]
  private let environment: [String]
  private let output: Int32
  private let errors: Int32
  private let extent: SyscallKernelCounter.Extent
  private let timeLimitSeconds: Double?
  private let didOutlive: () -> Void

  private var threads: [pid_t: TracedThread] = [:]
  /// Threads that have stopped for the first time before whoever started them was seen to do so.
  private var unannounced: Set<pid_t> = []
  private var tally = SyscallTally()
  private var isCounting = false
  private var outlivingCount = 0

  /// - Parameters:
  ///   - environment: all of it, `NAME=value`.
  ///   - output: where standard output goes, and `errors` standard error; -1 for where acebench's own goes.
  ///   - timeLimitSeconds: After this long the program is killed; nil for never.
  ///   - didOutlive: told when the program has ended and processes that it started have not.
  public init(
    command: [String], environment: [String], output: Int32 = -1, errors: Int32 = -1,
    extent: SyscallKernelCounter.Extent, timeLimitSeconds: Double? = nil, didOutlive: @escaping () -> Void
  ) {
    self.command = command
    self.environment = environment
    self.output = output
    self.errors = errors
    self.extent = extent
    self.timeLimitSeconds = timeLimitSeconds
    self.didOutlive = didOutlive
  }

  /// Runs the program to its end.
  public mutating func run() throws -> (ending: Ending, calls: SyscallComposition) {
    var report: [Int32] = [-1, -1]
    guard linux_pipe(&report) == 0 else { throw SyscallBackendFailure.refused(call: "pipe2", errno: errno) }
    defer { close(report[0]) }
    let program = Result { try start(report: report[1]) }
    close(report[1])
    let alarm = TracingAlarm(seconds: timeLimitSeconds)
    let ending = follow(try program.get(), alarm)
    var fault: (place: Int32, code: Int32) = (0, 0)
    if read(report[0], &fault, MemoryLayout.size(ofValue: fault)) == MemoryLayout.size(ofValue: fault) {
      guard fault.place == Int32(LINUX_START_EXEC) else {
        throw SyscallBackendFailure.refused(call: "seccomp", errno: fault.code)
      }
      throw ExperimentError.system(call: "execve", path: command[0], errno: fault.code)
    }
    var calls = SyscallComposition(.ptrace, tally.all)
    calls.remainingThreadCount = outlivingCount
    return (ending, calls)
  }

  private func start(report: Int32) throws -> pid_t {
    var gate: [Int32] = [-1, -1]
    guard linux_pipe(&gate) == 0 else { throw SyscallBackendFailure.refused(call: "pipe2", errno: errno) }
    defer {
      close(gate[0])
      close(gate[1])
    }
    let stops = SyscallNumber.ofAllocators + (extent == .markedSpan ? [SyscallNumber(Int(SYS_prctl))] : [])
    var instructions = SyscallFilter(stoppingAt: stops).instructions
    let process = CStrings.with(command) { arguments in
      CStrings.with(environment) { variables in
        instructions.withUnsafeMutableBufferPointer { code in
          var filter = sock_fprog(len: UInt16(code.count), filter: code.baseAddress)
          return linux_start_filtered(arguments, variables, output, errors, &filter, gate[0], report)
        }
      }
    }
    guard process > 0 else { throw SyscallBackendFailure.refused(call: "fork", errno: -process) }
    let result = linux_seize(process)
    guard result == 0 else {
      close(gate[1])
      gate[1] = -1
      waitpid(process, nil, 0)
      throw SyscallBackendFailure.refused(call: "ptrace(PTRACE_SEIZE)", errno: -result)
    }
    write(gate[1], "1", 1)
    return process
  }

  private mutating func follow(_ program: pid_t, _ alarm: TracingAlarm) -> Ending {
    var ending = Ending()
    while true {
      var status: Int32 = 0
      // What other threads of this process have started is theirs to wait for.
      let thread = waitpid(-1, &status, Int32(bitPattern: UInt32(__WALL) | UInt32(__WNOTHREAD)))
      if thread < 0 {
        if errno == ECHILD { return ending }
        ending.timedOut = ending.timedOut || alarm.isDue
        // An interruption reaches a program of the user's by itself, and may be handled there; not so a worker.
        if alarm.isDue || Interruption.isRequested && extent == .markedSpan { kill(program, SIGKILL) }
        if outlivingCount > 0, Interruption.isRequested { for other in threads.keys { kill(other, SIGKILL) } }
        continue
      }
      if status & 0x7f == 0x7f {
        handleStop(of: thread, program: program, signal: status >> 8 & 0xff, event: status >> 16)
        continue
      }
      threads[thread] = nil
      if thread == program {
        if status & 0x7f == 0 { ending.exitCode = status >> 8 & 0xff } else { ending.signal = status & 0x7f }
        isCounting = false
        outlivingCount = threads.count
        if outlivingCount > 0 { didOutlive() }
      }
    }
  }

  private mutating func handleStop(of thread: pid_t, program: pid_t, signal: Int32, event: Int32) {
    switch event {
    case PTRACE_EVENT_SECCOMP:
      let record = record(of: thread)
      go(on: thread, begin(record, thread) ? PTRACE_SYSCALL : PTRACE_CONT)
    case PTRACE_EVENT_FORK, PTRACE_EVENT_VFORK, PTRACE_EVENT_CLONE:
      let started = linux_traced_event_thread(thread)
      // It may have ended already.
      if unannounced.remove(started) == nil { _ = record(of: started) }
      go(on: thread, PTRACE_CONT)
    case PTRACE_EVENT_EXEC:
      // Until then the child is acebench's.
      if thread == program, extent == .program { isCounting = true }
      // A thread that was not the first has taken the first one's number, and left its call. Its own number is gone.
      threads[linux_traced_event_thread(thread)] = nil
      threads[thread] = TracedThread(thread)
      go(on: thread, PTRACE_CONT)
    case PTRACE_EVENT_STOP where signal != SIGTRAP:
      // The whole process was stopped, by a signal that asks for it, and stays so until it is told to go on.
      go(on: thread, PTRACE_LISTEN)
    case PTRACE_EVENT_STOP:
      if threads[thread] == nil {
        _ = record(of: thread)
        unannounced.insert(thread)
      }
      go(on: thread, PTRACE_CONT)
    case 0 where signal == SIGTRAP | 0x80: finish(thread)
    case 0: go(on: thread, PTRACE_CONT, delivering: signal)
    default: go(on: thread, PTRACE_CONT)
    }
  }

  /// Notes a call that begins; whether its end is to be seen.
  private mutating func begin(_ record: TracedThread, _ thread: pid_t) -> Bool {
    var call = linux_traced_call()
    guard linux_get_traced_call(thread, &call) else { return false }
    if call.number == UInt64(SYS_prctl) {
      if call.arguments.1 == SpanMark.argument { isCounting = call.arguments.0 == UInt64(PR_TASK_PERF_EVENTS_ENABLE) }
      return false
    }
    guard isCounting else { return false }
    let byteCount = call.number == UInt64(SYS_mremap) ? call.arguments.2 : call.arguments.1
    record.begin(SyscallNumber(Int(call.number)), byteCount: byteCount)
    return true
  }

  private mutating func finish(_ thread: pid_t) {
    var call = linux_traced_call()
    let isKnown = linux_get_traced_call(thread, &call) && call.is_exit
    if let count = threads[thread]?.finish(failed: isKnown && call.is_error) { tally.add(count) }
    go(on: thread, PTRACE_CONT)
  }

  private mutating func record(of thread: pid_t) -> TracedThread {
    if let record = threads[thread] { return record }
    let record = TracedThread(thread)
    threads[thread] = record
    return record
  }

  private func go(on thread: pid_t, _ request: Int32, delivering signal: Int32 = 0) {
    _ = linux_ptrace(Int(request), thread, 0, UInt64(signal))
  }
}
