// SPDX-License-Identifier: MIT

import Glibc
import Measurement

/// What /proc/PID/io tells of system calls (`SyscallBackend.proc`): how often a process, with all its threads and the children
/// that it has waited for, called `read` and `write` and their like.
enum ProcessReadsAndWrites {
  /// The counts of a process, also of one that has ended and is not waited for; nil where they may not be read.
  static func composition(of process: pid_t) -> SyscallComposition? {
    let file = ProcessFile(path: "/proc/\(process)/io")
    guard let reads = file.kilobytes("syscr:"), let writes = file.kilobytes("syscw:") else { return nil }
    return SyscallComposition(
      .proc,
      [
        SyscallCount(call: .allReads, callCount: reads), SyscallCount(call: .allWrites, callCount: writes),
      ], costNanosecondsPerCall: 0)
  }
}
