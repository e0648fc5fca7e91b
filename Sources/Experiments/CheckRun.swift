// SPDX-License-Identifier: MIT

import Results

/// Replays a plan's cells once with every allocator, verifying every block instead of measuring.
public struct CheckRun {
  /// What one allocator did on one cell.
  public struct Finding: Sendable {
    public var cell: Cell
    public var arm: Arm
    public var operationCount: UInt64
    /// What it did wrong; nil when nothing.
    public var fault: String?
  }

  private let plan: Plan
  private let worker: String

  public init(_ plan: Plan, worker: String) {
    self.plan = plan
    self.worker = worker
  }

  /// Checks everything, telling each finding as it is made; false when the user interrupted.
  ///
  /// The floor is left out: its blocks overlap by design.
  public func run(_ report: (Finding) -> Void) throws -> Bool {
    let preparation = try ProgramPreparation()
    let schedule = RoundSchedule(seed: plan.description.seed)
    for cell in plan.cells {
      let program = try preparation.prepare(
        cell, seed: schedule.workloadSeed(round: 1, cell: cell.cell.identifier), originalSpeed: false)
      for arm in plan.arms where !arm.arm.isFloor {
        let command = WorkerCommand(arm: arm, plan: plan, programPath: program.path, pass: "check", worker: worker)
        let ending = try ChildProcess(command, timeLimitSeconds: plan.description.processTimeLimitSeconds).run()
        if ending.interrupted { return false }
        let reply = WorkerReply(ending.standardOutput)
        try WorkerVerdict.requireSettings(arm.arm, reply)
        let outcome = WorkerVerdict.outcome(of: ending, reply)
        report(
          Finding(
            cell: cell.cell, arm: arm.arm, operationCount: program.header.operationCount,
            fault: outcome.status == .ok ? nil : WorkerVerdict.fault(outcome, ending, reply)))
      }
    }
    return true
  }
}
