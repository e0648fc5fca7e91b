// SPDX-License-Identifier: MIT

import Comparison
import Results

/// A search for settings with everything found and checked.
public struct TuningPlan: Sendable {
  public let plan: Plan
  public let space: TuningSpace
  public let goal: TuningGoal
  public let limits: TuningLimits
  let cell: PlannedCell
  /// The allocator as it is set by default.
  let defaults: PlannedArm

  /// Finds the allocator and the workload, the first of each that the description names, and asks the allocator what of
  /// the space it has.
  public init(_ description: ExperimentDescription, space: TuningSpace = .ace, goal: TuningGoal, limits: TuningLimits)
    throws
  {
    var description = description
    description.rounds = [Pass.time.rawValue: 1, Pass.memory.rawValue: 1]
    // What is kept after the end is no part of either figure.
    description.drainMilliseconds = []
    plan = try Plan(description)
    cell = plan.cells[0]
    defaults = plan.arms[0]
    self.space = space.fitted(to: try ACEKnobs.of(defaults.allocator, load: plan.load))
    self.goal = goal
    self.limits = limits
  }

  /// What is measured, as rows name it.
  public var workload: Cell { cell.cell }

  public var library: Library { defaults.library }

  func arm(_ candidate: TuningCandidate) -> PlannedArm {
    var arm = defaults
    arm.arm.switches = candidate.switches
    return arm
  }

  /// The workers of a candidate, without the program that they will be given.
  public func commands(of candidate: TuningCandidate, worker: String) -> [WorkerCommand] {
    plan.passes.map {
      WorkerCommand(
        arm: arm(candidate), plan: plan, programPath: "PROGRAM", pass: $0.pass.rawValue, worker: worker)
    }
  }
}
