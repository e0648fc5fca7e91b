// SPDX-License-Identifier: MIT

/// How a measured process ended.
public enum RunStatus: String, CaseIterable, Sendable {
  /// It finished, and the allocator asked for served it.
  case ok
  /// A signal ended it.
  case crash
  /// It was stopped at its time limit.
  case timeout
  /// It gave up with an exit code.
  case exit
  /// It ran out of memory.
  case oom
  /// It finished, but another allocator served it.
  case unserved
}
