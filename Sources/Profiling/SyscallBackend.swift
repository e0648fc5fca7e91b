// SPDX-License-Identifier: MIT

/// A way to watch the system calls of a program, the best first.
public enum SyscallBackend: String, CaseIterable, Sendable {
  /// Programs in the kernel, at its raw tracepoints: every call of every thread. Needs root, or CAP_BPF and CAP_PERFMON.
  case ebpf
  /// The program is stopped at the calls that allocators make, by a seccomp filter and ptrace(2). Needs no privilege.
  case ptrace
  /// What /proc tells of any process: how often it read and wrote.
  case proc

  /// How waiting is told from working.
  public var rule: String {
    switch self {
    case .ebpf: "waiting is the time in a call in which the thread was on no processor, asleep or not yet given one"
    case .ptrace:
      "waiting is the time in a call that may sleep and in which its thread used no processor; calls of memory never wait"
    case .proc: "there are no times of single calls"
    }
  }

  /// Which calls are seen.
  public var extent: String {
    switch self {
    case .ebpf: "all calls of all threads and of all processes that it started"
    case .ptrace: "calls that allocators make, of all threads and processes; there may be others that are not seen"
    case .proc: "partial: only how often it read and wrote, ended children included"
    }
  }
}
