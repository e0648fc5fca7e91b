// SPDX-License-Identifier: MIT

import Events
import FoundationEssentials
import Results
import Synchronization

/// Runs a plan: rounds of fresh processes, every arm of every cell in each, rows written as rounds of a cell finish.
///
/// Rounds that the output already holds complete are not run again; an incomplete one is run anew with all its arms.
public final class Sweep {
  /// How a sweep ended.
  public enum Ending: Equatable, Sendable {
    case finished
    /// The user interrupted it; what was finished is on disk.
    case interrupted
    /// The time limit was reached; what was finished is on disk.
    case outOfTime
  }

  private let plan: Plan
  private let output: SweepOutput
  private let observer: any SweepObserver
  private let schedule: RoundSchedule
  private let runner: RoundRunner
  private var resume: ResumeState

  public init(
    _ plan: Plan, output: SweepOutput, fingerprint: EnvironmentFingerprint, worker: String,
    observer: any SweepObserver
  ) throws {
    self.plan = plan
    self.output = output
    self.observer = observer
    schedule = RoundSchedule(seed: plan.description.seed)
    runner = try RoundRunner(plan, fingerprint: fingerprint, worker: worker, observer: observer)
    resume = try output.resumeState()
  }

  /// Processes that did not finish.
  public var failedCount: Int { runner.failedCount }

  /// Runs what is left of the plan.
  public func run() throws -> Ending {
    let deadline =
      plan.description.timeLimitSeconds > 0
      ? MonotonicTime.nowSeconds() + plan.description.timeLimitSeconds : .infinity
    runner.totalCount = plan.processCount + plan.arms.count
    let roundCount = plan.passes.map(\.roundCount).max() ?? 0
    var isWarm = false
    for round in 1...max(roundCount, 1) {
      for index in schedule.cells(count: plan.cells.count, round: round) {
        let cell = plan.cells[index]
        let passes = plan.passes.filter { pass, count in
          round <= count && !isComplete(cell, pass, round)
        }
        let skipped = plan.passes.filter { $0.roundCount >= round }.count - passes.count
        runner.doneCount += skipped * plan.arms.count
        guard !passes.isEmpty else { continue }
        if MonotonicTime.nowSeconds() > deadline { return .outOfTime }
        let program = try runner.program(of: cell, round: round)
        runner.backMemory(for: program)
        if !isWarm {
          runner.warmUp(plan.arms, with: program)
          isWarm = true
        }
        for (pass, _) in passes {
          guard try runRound(round, cell, pass, program) else { return .interrupted }
        }
      }
      try output.endRound()
    }
    return .finished
  }

  private func isComplete(_ cell: PlannedCell, _ pass: Pass, _ round: Int) -> Bool {
    resume.isComplete(key(cell, pass, round), arms: plan.arms.map(\.arm))
  }

  private func key(_ cell: PlannedCell, _ pass: Pass, _ round: Int) -> RoundKey {
    RoundKey(planHash: plan.hash, cellIdentifier: cell.cell.identifier, pass: pass, round: UInt32(round))
  }

  /// Runs all arms of a pass and writes their rows; false when the user interrupted.
  private func runRound(_ round: Int, _ cell: PlannedCell, _ pass: Pass, _ program: PreparedProgram) throws -> Bool {
    let order = schedule.arms(
      count: plan.arms.count, round: round, cell: cell.cell.identifier, pass: pass.rawValue)
    let request = RoundRequest(
      round: round, cell: cell, pass: pass, arms: order.map { plan.arms[$0] },
      attempt: resume.nextAttempt(key(cell, pass, round)), stage: nil)
    guard var runs = try runner.run(request, program) else { return false }
    addNet(to: &runs)
    for run in runs {
      try output.append(run.sample, run.details)
      resume.note(run.sample)
      observer.didMeasure(run.sample, run.details)
    }
    return true
  }

  private func addNet(to runs: inout [MeasuredRun]) {
    guard let floor = runs.first(where: { $0.sample.arm.isFloor })?.sample.metrics[.grossPerOperation] else { return }
    for index in runs.indices where runs[index].sample.pass == .time {
      MetricDerivation.addNet(floor: floor, to: &runs[index].sample.metrics)
    }
  }
}
