// SPDX-License-Identifier: MIT

import Comparison
import Results

/// Runs a gate: rounds of fresh processes until every cell has a verdict, or no more time.
public final class GateRun {
  /// How a gate ended; whatever it was, the evidence holds what was finished.
  public enum Ending: Equatable, Sendable {
    /// No cell wants another round.
    case finished
    case interrupted
    case outOfTime
    /// A process failed, and failed again.
    case failed
  }

  /// A round in which a process failed is begun once more.
  private static let largestAttempt: UInt32 = 2

  private let plan: GatePlan
  private let output: GateOutput
  private let observer: any SweepObserver
  private let runner: RoundRunner
  private let course: GateCourse
  private let schedule: RoundSchedule
  private let stages: [GateStage]
  /// The files of the arms as they were last read.
  private var files: [Arm: (state: FileState, library: Library)] = [:]
  public private(set) var evidence: GateEvidence

  /// - Parameter stages: Both, unless what the first leaves open is decided otherwise.
  public init(
    _ plan: GatePlan, output: GateOutput, fingerprint: EnvironmentFingerprint, worker: String,
    stages: [GateStage] = GateStage.allCases, observer: any SweepObserver
  ) throws {
    self.plan = plan
    self.output = output
    self.observer = observer
    self.stages = stages
    runner = try RoundRunner(plan.plan, fingerprint: fingerprint, worker: worker, observer: observer)
    course = GateCourse(plan.settings)
    schedule = RoundSchedule(seed: plan.plan.description.seed)
    evidence = GateEvidence(plan.settings)
  }

  /// Runs until it is decided.
  public func run() throws -> Ending {
    let limit = plan.plan.description.timeLimitSeconds
    let deadline = limit > 0 ? MonotonicTime.nowSeconds() + limit : .infinity
    var round = 0
    for stage in stages {
      while true {
        let units = course.unitsWantingRound(in: stage, evidence.ledger)
        if units.isEmpty { break }
        round += 1
        estimateTotal(units, stage)
        for index in schedule.cells(count: units.count, round: round) {
          if MonotonicTime.nowSeconds() > deadline { return .outOfTime }
          if let ending = try runRound(round, units[index], stage) { return ending }
        }
        try output.endRound()
      }
    }
    return .finished
  }

  /// Runs a round of a unit, again when it fails; how the gate ended, if it did.
  private func runRound(_ round: Int, _ unit: GateUnit, _ stage: GateStage) throws -> Ending? {
    guard let cell = plan.cell(of: unit) else { return nil }
    let arms = plan.arms(of: unit, stage: stage)
    let program = try runner.program(of: cell, round: round)
    runner.backMemory(for: program)
    if round == 1 { runner.warmUp(arms, with: program) }
    let once = schedule.arms(count: arms.count, round: round, cell: unit.cellIdentifier, pass: unit.pass.rawValue)
    let order = plan.settings.order == .mirrored ? once + once.reversed() : once
    for attempt in 1...Self.largestAttempt {
      let request = RoundRequest(
        round: round, cell: cell, pass: unit.pass, arms: order.map { arms[$0] }, attempt: attempt,
        stage: stage.rawValue)
      guard var runs = try runner.run(request, program) else { return .interrupted }
      try noteChanges(in: &runs, arms)
      for run in runs { evidence.note(run.sample, row: try output.append(run.sample)) }
      for run in runs { observer.didMeasure(run.sample, run.details) }
      if runs.allSatisfy({ $0.sample.outcome.status == .ok }) { return nil }
    }
    try output.endRound()
    return .failed
  }

  /// Lets a machine or a file that changes in the middle of a gate show in the rows, and so in whatever reads them:
  /// rows say which files there are at the end of their round, and the last of them on which machine.
  private func noteChanges(in runs: inout [MeasuredRun], _ arms: [PlannedArm]) throws {
    let fingerprint = try EnvironmentFingerprint()
    if let last = runs.indices.last, fingerprint.identifier != runner.fingerprint.identifier {
      runs[last].sample.environment = RoundRunner.environment(fingerprint, plan.plan.placement)
      runner.fingerprint = fingerprint
    }
    for arm in arms {
      // A file that is gone shows by itself: the next process cannot load it.
      guard let state = FileState(path: arm.library.path) else { continue }
      if files[arm.arm]?.state != state {
        guard let library = try? LibraryFacts.library(of: arm.allocator, load: plan.plan.load) else { continue }
        files[arm.arm] = (state, library)
      }
      guard let library = files[arm.arm]?.library else { continue }
      for index in runs.indices where runs[index].sample.arm == arm.arm { runs[index].sample.library = library }
    }
  }

  /// How many processes there will be, if no cell needs more than the fewest rounds.
  private func estimateTotal(_ units: [GateUnit], _ stage: GateStage) {
    let minimum = plan.settings.limits(stage).minimum
    runner.totalCount = units.reduce(runner.doneCount) { total, unit in
      let rounds = max(1, minimum - evidence.ledger.rounds(of: unit, in: stage).count)
      return total + rounds * plan.arms(of: unit, stage: stage).count * plan.settings.order.runsPerArm
    }
  }
}
