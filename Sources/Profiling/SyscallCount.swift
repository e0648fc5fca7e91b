// SPDX-License-Identifier: MIT

/// What was seen of one system call.
public struct SyscallCount: Equatable, Sendable {
  public var call: SyscallNumber
  public var callCount: UInt64
  /// Calls that returned an error.
  public var errorCount: UInt64
  /// Wall time in the call, summed over threads; nil where the backend cannot see it, as for those below.
  public var elapsedNanoseconds: UInt64?
  /// The part of it in which the thread waited. What that means is the backend's: `SyscallBackend.rule`.
  public var waitedNanoseconds: UInt64?
  /// The longest single call, waiting included.
  public var longestNanoseconds: UInt64?
  /// Address space that successful calls were about: mapped, unmapped, advised on; nil for calls that have no such size.
  public var byteCount: UInt64?

  public init(
    call: SyscallNumber, callCount: UInt64, errorCount: UInt64 = 0, elapsedNanoseconds: UInt64? = nil,
    waitedNanoseconds: UInt64? = nil, longestNanoseconds: UInt64? = nil, byteCount: UInt64? = nil
  ) {
    self.call = call
    self.callCount = callCount
    self.errorCount = errorCount
    self.elapsedNanoseconds = elapsedNanoseconds
    self.waitedNanoseconds = waitedNanoseconds
    self.longestNanoseconds = longestNanoseconds
    self.byteCount = byteCount
  }

  /// Time in the call without the time that it waited: what it cost.
  public var workingNanoseconds: UInt64? {
    guard let elapsedNanoseconds, let waitedNanoseconds else { return nil }
    return elapsedNanoseconds - min(waitedNanoseconds, elapsedNanoseconds)
  }
}
