// SPDX-License-Identifier: MIT

import Comparison

/// How many simulated gates came out how.
public struct SimulatedOutcomes: Equatable, Sendable {
  public private(set) var gateCount = 0
  public private(set) var passCount = 0
  public private(set) var regressCount = 0
  public private(set) var inconclusiveCount = 0
  private var roundCount = 0
  private var cellCount = 0

  public init() {}

  /// Runs gates with seeds of their own.
  public init(of gate: SimulatedGate, count: Int, seed: UInt64) {
    for index in 0..<count { add(gate.run(seed: seed &+ UInt64(index))) }
  }

  public mutating func add(_ result: SimulatedGateResult) {
    gateCount += 1
    switch result.verdict {
    case .pass: passCount += 1
    case .regress: regressCount += 1
    case .inconclusive: inconclusiveCount += 1
    // Neither can come of a simulation: nothing in it fails, and its cells count.
    case .invalid, .error: break
    }
    roundCount += result.roundCounts.reduce(0, +)
    cellCount += result.roundCounts.count
  }

  /// How many gates had the verdict; one that no simulation can have is 0.
  public func count(_ verdict: GateVerdict) -> Int {
    switch verdict {
    case .pass: passCount
    case .regress: regressCount
    case .inconclusive: inconclusiveCount
    case .invalid, .error: 0
    }
  }

  /// Of both stages, the mean over cells and gates; 0 without gates.
  public var roundsPerCell: Double { cellCount == 0 ? 0 : Double(roundCount) / Double(cellCount) }
}
