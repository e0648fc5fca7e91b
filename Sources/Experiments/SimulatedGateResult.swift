// SPDX-License-Identifier: MIT

import Comparison

/// What a simulated gate found.
public struct SimulatedGateResult: Equatable, Sendable {
  public var verdict: GateVerdict
  /// Cells in their order.
  public var findings: [GateFinding]
  public var suites: [GateFinding]
  /// Rounds of both stages, by cell.
  public var roundCounts: [Int]
}
