// SPDX-License-Identifier: MIT

/// What a round runs every arm on: a workload, its parameters, and how it is performed.
public struct Cell: Hashable, Sendable {
  /// Names the cell within its plan.
  public var identifier: String
  public var workload: String
  /// `name=value` joined by `;`, empty when there are none.
  public var parameters: String
  /// Digest of the trace file; empty for a generated workload.
  public var traceSHA256: String
  public var threadCount: UInt32
  public var touch: TouchPolicy

  public init(
    identifier: String, workload: String, parameters: String = "", traceSHA256: String = "", threadCount: UInt32 = 1,
    touch: TouchPolicy = .page
  ) {
    self.identifier = identifier
    self.workload = workload
    self.parameters = parameters
    self.traceSHA256 = traceSHA256
    self.threadCount = threadCount
    self.touch = touch
  }
}
