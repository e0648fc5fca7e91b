// SPDX-License-Identifier: MIT

/// How a measured process ended, and with which number.
public struct Outcome: Hashable, Sendable {
  public var status: RunStatus
  /// Nil when the process did not exit by itself.
  public var exitCode: Int32?
  /// The signal that ended the process; nil when none did.
  public var signal: Int32?

  public init(_ status: RunStatus, exitCode: Int32? = nil, signal: Int32? = nil) {
    self.status = status
    self.exitCode = exitCode
    self.signal = signal
  }

  public static let ok = Outcome(.ok, exitCode: 0)
}
