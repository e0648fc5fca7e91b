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
    case intervals(SimulatedComparison, count: Int, bounds: [SimulatedBound])
    case stopping(SimulatedStopping, count: Int, bound: SimulatedBound)
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
      return result("difference found", comparison.alarmCount(of: count, seed: seed), of: count, [bound])
    case .intervals(let comparison, let count, let bounds):
      return result("interval holds the truth", comparison.coveredCount(of: count, seed: seed), of: count, bounds)
    case .stopping(let stopping, let count, let bound):
      return result("loss found", stopping.alarmCount(of: count, seed: seed), of: count, [bound])
    }
  }

  private func result(
    _ counted: String, _ count: Int, of trialCount: Int, _ bounds: [SimulatedBound]
  ) -> SimulatedScenarioResult {
    let checks = bounds.map { SimulatedCheck(counted: counted, count: count, trialCount: trialCount, bound: $0) }
    return SimulatedScenarioResult(scenario: self, checks: checks, outcomes: nil)
  }
}
