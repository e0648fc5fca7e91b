// SPDX-License-Identifier: MIT

/// What every row says of the machine and the harness; the whole fingerprint is found under `identifier`.
public struct SampleEnvironment: Equatable, Sendable {
  public var identifier = ""
  public var processorModel = ""
  public var coreCount: UInt32 = 0
  public var kernel = ""
  public var libc = ""
  public var transparentHugePages = ""
  public var overcommit = ""
  public var hypervisor = ""
  /// The node that the process was bound to; nil when it was not bound.
  public var numaNode: UInt32?
  /// `bind`, `interleave` or `local`; empty when the system's own policy held.
  public var numaPolicy = ""
  public var harnessVersion = ""
  public var harnessCommit = ""

  public init() {}
}
