// SPDX-License-Identifier: MIT

/// Why a session must not become part of a baseline.
public struct GateSessionRefusal: Error, Equatable, Sendable {
  /// A sentence each, without a full stop; never empty.
  public var reasons: [String]

  public init(reasons: [String]) { self.reasons = reasons }
}
