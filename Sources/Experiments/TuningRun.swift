// SPDX-License-Identifier: MIT

import Comparison
import Glibc
import Results
import Workloads

/// Runs a search for settings: rounds of fresh processes, the defaults in each, and at the end rounds of the winner that
/// had no part in choosing it.
public final class TuningRun {
  private let plan: TuningPlan
  private let output: SweepOutput
  private let observer: any TuningObserver
  private let runner: RoundRunner
  private let schedule: RoundSchedule
  private var roundCount = 0
  private var generator: SplitMix64
  /// How long processes ran so far; what is prepared once for all of a round is left out.
  private var measuringSeconds = 0.0

  public private(set) var search: TuningSearch
  /// Whether the time limit cut the search short; the winner is then the best of what was measured.
  public private(set) var isCutShort = false

  /// A pass of a round in which the defaults failed is begun once more.
  private static let largestFailureCount = 2
  /// Of the time limit, what is kept at most for the comparison at the end.
  private static let largestFinalShare = 1.0 / 3

  public init(
    _ plan: TuningPlan, output: SweepOutput, fingerprint: EnvironmentFingerprint, worker: String,
    observer: any TuningObserver
  ) throws {
    self.plan = plan
    self.output = output
    self.observer = observer
    runner = try RoundRunner(plan.plan, fingerprint: fingerprint, worker: worker, observer: observer)
    schedule = RoundSchedule(seed: plan.plan.description.seed)
    generator = SplitMix64(seed: plan.plan.description.seed)
    search = TuningSearch(plan.space, goal: plan.goal, limits: plan.limits)
  }

  /// Why a round has no figures of the defaults.
  private enum Stop: Error {
    case interrupted
    case defaultsFailed
  }

  /// Searches, and compares who won with the defaults.
  public func run() throws -> TuningEnding {
    do {
      let limit = plan.plan.description.timeLimitSeconds
      let deadline = limit > 0 ? MonotonicTime.nowSeconds() + limit : .infinity
      let runSeconds = try trial()
      var limits = plan.limits
      if limit > 0 { limits = limits.fitted(toRunCount: Int((deadline - MonotonicTime.nowSeconds()) / runSeconds)) }
      search = TuningSearch(plan.space, goal: plan.goal, limits: limits)
      runner.totalCount = runner.doneCount + 2 * limits.largestRunCount
      let finalSeconds = min(2 * Double(limits.finalRoundCount) * runSeconds, limit * Self.largestFinalShare)
      try climb(until: deadline - finalSeconds)
      let winner = search.leader
      if winner.isInitial { return .candidatesFailed }
      return try compare(winner, rounds: limits.finalRoundCount, until: deadline)
    } catch let stop as Stop {
      return stop == .interrupted ? .interrupted : .defaultsFailed
    }
  }

  /// Runs the defaults alone: whether they run at all, and how many seconds both passes take.
  private func trial() throws -> Double {
    let program = try runner.program(of: plan.cell, round: 1)
    guard program.header.operationCount > 0 else {
      throw ExperimentError.noOperations(workload: plan.workload.workload)
    }
    runner.backMemory(for: program)
    runner.warmUp([plan.defaults], with: program)
    let round = try runRound([.initial])
    guard round.figures[.initial] != nil else { throw Stop.defaultsFailed }
    return max(measuringSeconds, 1e-3)
  }

  /// Goes through the rungs; at least one round is run.
  private func climb(until deadline: Double) throws {
    while let rung = search.nextRung(using: &generator) {
      observer.willClimb(rung)
      for _ in 0..<rung.roundCount {
        search.note(try runRound(search.running))
        if search.running.count < 2 { return }
        if MonotonicTime.nowSeconds() > deadline {
          isCutShort = true
          return
        }
      }
    }
  }

  private func compare(_ winner: TuningCandidate, rounds: Int, until deadline: Double) throws -> TuningEnding {
    var fresh: [TuningRound] = []
    runner.totalCount = runner.doneCount + 4 * rounds
    for _ in 0..<rounds where MonotonicTime.nowSeconds() <= deadline {
      fresh.append(try runRound([.initial, winner]))
      if search.failed.contains(winner) { return .winnerFailed(winner) }
    }
    return TuningEnding(winner, in: fresh, goal: plan.goal)
  }

  /// Runs candidates once in each pass. Who fails is dropped.
  private func runRound(_ candidates: [TuningCandidate]) throws -> TuningRound {
    roundCount += 1
    let program = try runner.program(of: plan.cell, round: roundCount)
    var candidates = candidates
    var metrics: [Pass: [Arm: MetricValues]] = [:]
    for (pass, _) in plan.plan.passes {
      let samples = try runPass(pass, candidates, program)
      metrics[pass] = Dictionary(samples.map { ($0.arm, $0.metrics) }, uniquingKeysWith: { $1 })
      let finished = Set(samples.map(\.arm))
      for candidate in candidates where !finished.contains(plan.arm(candidate).arm) {
        search.drop(candidate)
        observer.didNotice("left out of the search: \(candidate.switches)")
      }
      candidates.removeAll(where: search.failed.contains)
    }
    try output.endRound()
    let figures = candidates.compactMap { candidate -> (TuningCandidate, TuningFigures)? in
      let arm = plan.arm(candidate).arm
      guard let time = metrics[.time]?[arm], let memory = metrics[.memory]?[arm] else { return nil }
      return TuningFigures(time: time, memory: memory).map { (candidate, $0) }
    }
    return TuningRound(number: UInt32(roundCount), figures: Dictionary(figures, uniquingKeysWith: { $1 }))
  }

  /// The samples of those that finished.
  private func runPass(_ pass: Pass, _ candidates: [TuningCandidate], _ program: PreparedProgram) throws -> [Sample] {
    let order = schedule.arms(
      count: candidates.count, round: roundCount, cell: plan.workload.identifier, pass: pass.rawValue)
    var arms = order.map { plan.arm(candidates[$0]) }
    var attempt: UInt32 = 0
    var failureCount = 0
    while failureCount < Self.largestFailureCount {
      attempt += 1
      let request = RoundRequest(
        round: roundCount, cell: plan.cell, pass: pass, arms: arms, attempt: attempt, stage: nil)
      let start = MonotonicTime.nowSeconds()
      defer { measuringSeconds += MonotonicTime.nowSeconds() - start }
      let runs: [MeasuredRun]
      do {
        guard let all = try runner.run(request, program) else { throw Stop.interrupted }
        runs = all
      } catch ExperimentError.settingNotTaken(let arm, let reason) where arm != plan.defaults.arm {
        // Whatever it would measure is not what it says: the others begin anew without it.
        observer.didNotice("\(arm.switches): \(reason)")
        arms.removeAll { $0.arm == arm }
        continue
      }
      for run in runs {
        try output.append(run.sample, run.details)
        observer.didMeasure(run.sample, run.details)
      }
      let finished = runs.map(\.sample).filter { $0.outcome.status == .ok }
      if finished.contains(where: { $0.arm == plan.defaults.arm }) { return finished }
      failureCount += 1
    }
    throw Stop.defaultsFailed
  }
}
