// SPDX-License-Identifier: MIT

/// Why a way of watching system calls cannot be gone.
public enum SyscallBackendFailure: Error, Equatable {
  /// A call that it needs was refused.
  case refused(call: String, errno: Int32)
  /// The kernel does not accept a program; what it says.
  case notVerified(tracepoint: String, log: String)
  /// Where a process keeps its numbers was not found in the kernel's memory.
  case unknownLayout
  /// Calls that were made on purpose were not counted as they should have been.
  case miscounted(expected: UInt64, found: UInt64)
  /// It is made for another processor.
  case otherProcessor
}
