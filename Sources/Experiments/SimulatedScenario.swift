// SPDX-License-Identifier: MIT

import Comparison
import Glibc

/// A simulation of many gates or comparisons, with what has to come of it.
public struct SimulatedScenario: Sendable {
  /// A count of verdicts with its bound.
  public typealias VerdictBound = (verdict: GateVerdict, bound: SimulatedBound)

  enum Subject: Sendable {
    case gates(SimulatedGate, count: Int, bounds: [VerdictBound])
    case comparisons(SimulatedComparison, count: Int, bound: SimulatedBound)
  }

  public let name: String
  /// What is simulated, for people.
  public let title: String
  let subject: Subject

  /// The seed of the simulations that ship.
  public static let seed: UInt64 = 20_260

  /// Runs it. The same seed gives the same result.
  public func run(seed: UInt64 = SimulatedScenario.seed) -> SimulatedScenarioResult {
    switch subject {
    case .gates(let gate, let count, let bounds):
      let outcomes = SimulatedOutcomes(of: gate, count: count, seed: seed)
      let checks = bounds.map { verdict, bound in
        SimulatedCheck(
          counted: verdict.rawValue, count: outcomes.count(verdict), trialCount: count, bound: bound)
      }
      return SimulatedScenarioResult(scenario: self, checks: checks, outcomes: outcomes)
    case .comparisons(let comparison, let count, let bound):
      let alarmCount = comparison.alarmCount(of: count, seed: seed)
      let check = SimulatedCheck(counted: "difference found", count: alarmCount, trialCount: count, bound: bound)
      return SimulatedScenarioResult(scenario: self, checks: [check], outcomes: nil)
    }
  }
}
