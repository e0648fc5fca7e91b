// SPDX-License-Identifier: MIT

/// The system calls of a profiled program.
public struct SyscallComposition: Equatable, Sendable {
  public var backend: SyscallBackend
  /// Those that were made, the one with the most working time first.
  public var counts: [SyscallCount]
  /// What the backend adds to each call that it sees, as measured here and now; nil where it was not.
  public var costNanosecondsPerCall: Double?
  /// Threads of the program that were still there when the program itself had ended, as those of a daemon are.
  public var remainingThreadCount = 0
  /// Threads that were not followed because there were too many.
  public var lostThreadCount: UInt64 = 0

  public init(_ backend: SyscallBackend, _ counts: [SyscallCount], costNanosecondsPerCall: Double? = nil) {
    self.backend = backend
    self.counts = counts.sorted { first, second in
      let one = (first.workingNanoseconds ?? 0, first.callCount)
      let other = (second.workingNanoseconds ?? 0, second.callCount)
      return one != other ? one > other : first.call.name < second.call.name
    }
    self.costNanosecondsPerCall = costNanosecondsPerCall
  }

  /// The working time of all calls together.
  public var workingNanoseconds: UInt64 { counts.reduce(0) { $0 + ($1.workingNanoseconds ?? 0) } }
}
