// SPDX-License-Identifier: MIT

import Experiments
import Profiling
import Results

/// A workload or a trace, replayed by a worker with each allocator; what counts is the replay.
final class ProfiledWorkload: ProfileSubject {
  private let plan: Plan
  private let worker: String
  private let schedule: RoundSchedule
  private let preparation: ProgramPreparation
  /// The program of the round that was asked for last.
  private var program: (round: Int, program: PreparedProgram)?

  init(workload: String, measure: MeasureOptions) throws {
    var description = ExperimentDescription()
    description.name = "profile"
    description.workloads = [workload]
    description.allocators = AvailableAllocators.names
    try measure.override(&description)
    plan = try Plan(description)
    try measure.requireUseOfSwitches(plan)
    guard plan.cells.count == 1 else {
      throw Failure(
        error: "a profile is of one number of threads, not of \(plan.cells.count)", help: ["give -t one number"],
        status: .usage)
    }
    worker = try WorkerLocation.path()
    schedule = RoundSchedule(seed: description.seed)
    preparation = try ProgramPreparation()
  }

  var name: String { plan.cells[0].cell.workload }

  var arms: [String] {
    plan.arms.map { $0.arm.switches.isEmpty ? $0.arm.allocator : "\($0.arm.allocator) \($0.arm.switches)" }
  }

  func order(round: Int, pass: String) -> [Int] {
    schedule.arms(count: plan.arms.count, round: round, cell: plan.cells[0].cell.identifier, pass: pass)
  }

  func target(arm: Int, round: Int, showsOutput: Bool) throws -> ProfiledTarget {
    .worker(
      WorkerCommand(
        arm: plan.arms[arm], plan: plan, programPath: try program(round: round).path, pass: Pass.time.rawValue,
        worker: worker),
      timeLimitSeconds: plan.description.processTimeLimitSeconds)
  }

  func check(_ outcome: ProfiledOutcome, arm: Int) throws {
    guard case .worker(let ending) = outcome else { return }
    try WorkerVerdict.requireSettings(plan.arms[arm].arm, WorkerReply(ending.standardOutput))
  }

  func recordedTrace(stacks: Recording.Stacks.Method, in folder: String, showsOutput: Bool) -> ProfiledTrace? {
    guard case .trace(let path, _) = plan.cells[0].workload else { return nil }
    return ProfiledTrace(path: path, isTemporary: false)
  }

  func shellTexts() -> [String] {
    plan.arms.map {
      WorkerCommand(arm: $0, plan: plan, programPath: "PROGRAM", pass: Pass.time.rawValue, worker: worker).shellText
    }
  }

  private func program(round: Int) throws -> PreparedProgram {
    if let program, program.round == round { return program.program }
    let cell = plan.cells[0]
    if let program, case .trace = cell.workload { return program.program }
    let prepared = try preparation.prepare(
      cell, seed: schedule.workloadSeed(round: round, cell: cell.cell.identifier),
      originalSpeed: plan.description.originalSpeed)
    guard prepared.header.operationCount > 0 else { throw ExperimentError.noOperations(workload: name) }
    program = (round, prepared)
    return prepared
  }
}
