// SPDX-License-Identifier: MIT

import CLinux
import Glibc

/// A system call, by the number that it has on x86-64.
public struct SyscallNumber: Hashable, Sendable {
  public var number: Int

  public init(_ number: Int) { self.number = number }

  /// All calls that read, and all that write, where no more is known.
  static let allReads = SyscallNumber(-1)
  static let allWrites = SyscallNumber(-2)

  /// Its name, or its number where it has none that is known here.
  public var name: String {
    switch self {
    case .allReads: "all reads"
    case .allWrites: "all writes"
    default: Self.names[number] ?? "call \(number)"
    }
  }

  /// Whether its arguments say how much address space it is about.
  public var hasByteCount: Bool {
    [SYS_mmap, SYS_munmap, SYS_mremap, SYS_madvise, SYS_mprotect].contains { Int($0) == number }
  }

  /// The calls by which allocators get, give back and share memory, and by which their threads wait for one another.
  static let ofAllocators: [SyscallNumber] = [
    SYS_mmap, SYS_munmap, SYS_mremap, SYS_madvise, SYS_mprotect, SYS_brk, SYS_mlock, SYS_munlock, SYS_mbind,
    SYS_futex, SYS_membarrier, SYS_sched_yield, SYS_nanosleep, SYS_clock_nanosleep, SYS_getrandom,
  ].map { SyscallNumber(Int($0)) }

  /// Of those, the ones in which a thread sleeps until something happens.
  var maySleep: Bool {
    [SYS_futex, SYS_sched_yield, SYS_nanosleep, SYS_clock_nanosleep].contains { Int($0) == number }
  }
}
