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
  private let worker: String
  private let fingerprint: EnvironmentFingerprint
  private let schedule: RoundSchedule
  private let preparation: ProgramPreparation
  private let sessionIdentifier: String
  private var tracePrograms: [String: PreparedProgram] = [:]
  private var resume: ResumeState
  private var sequence: UInt64 = 0
  /// Memory that the machine is known to have backed.
  private var backedByteCount: UInt64 = 0
  private var doneCount = 0
  private var totalCount = 0
  public private(set) var failedCount = 0

  public init(
    _ plan: Plan, output: SweepOutput, fingerprint: EnvironmentFingerprint, worker: String,
    observer: any SweepObserver
  ) throws {
    self.plan = plan
    self.output = output
    self.fingerprint = fingerprint
    self.worker = worker
    self.observer = observer
    schedule = RoundSchedule(seed: plan.description.seed)
    preparation = try ProgramPreparation()
    resume = try output.resumeState()
    sessionIdentifier = SessionIdentifier.make()
  }

  /// Runs what is left of the plan.
  public func run() throws -> Ending {
    let deadline =
      plan.description.timeLimitSeconds > 0
      ? MonotonicTime.nowSeconds() + plan.description.timeLimitSeconds : .infinity
    totalCount = plan.processCount + plan.arms.count
    let roundCount = plan.passes.map(\.roundCount).max() ?? 0
    var isWarm = false
    for round in 1...max(roundCount, 1) {
      for index in schedule.cells(count: plan.cells.count, round: round) {
        let cell = plan.cells[index]
        let passes = plan.passes.filter { pass, count in
          round <= count && !isComplete(cell, pass, round)
        }
        let skipped = plan.passes.filter { $0.roundCount >= round }.count - passes.count
        doneCount += skipped * plan.arms.count
        guard !passes.isEmpty else { continue }
        if MonotonicTime.nowSeconds() > deadline { return .outOfTime }
        let program = try program(of: cell, round: round)
        backMemory(for: program)
        if !isWarm {
          warmUp(with: program)
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

  /// The same for all passes of a round of a cell; a trace's for the whole sweep.
  private func program(of cell: PlannedCell, round: Int) throws -> PreparedProgram {
    let identifier = cell.cell.identifier
    if let known = tracePrograms[identifier] { return known }
    let program = try preparation.prepare(
      cell, seed: schedule.workloadSeed(round: round, cell: identifier), originalSpeed: plan.description.originalSpeed)
    if case .trace = cell.workload { tracePrograms[identifier] = program }
    return program
  }

  /// Lets the machine back the memory that a program will need, unless an earlier one needed as much.
  ///
  /// Memory that a virtual machine's host has never backed costs several microseconds a page at its first touch; whoever
  /// came first would pay for all.
  private func backMemory(for program: PreparedProgram) {
    let wanted = min(4 * program.header.livePeakByteCount + 256 << 20, AvailableMemory.byteCount() / 2)
    guard wanted > backedByteCount else { return }
    backedByteCount = wanted
    observer.willRun(done: doneCount, total: totalCount, what: "touching memory")
    _ = try? ChildProcess(WorkerCommand(touching: wanted, worker: worker), timeLimitSeconds: 60).run()
  }

  /// Runs every arm once without counting it: its files are then in memory.
  private func warmUp(with program: PreparedProgram) {
    observer.willRun(done: doneCount, total: totalCount, what: "warming up")
    for arm in plan.arms where !Interruption.isRequested {
      _ = try? run(arm, .time, program).ending
      doneCount += 1
    }
  }

  /// Runs all arms of a pass and writes their rows; false when the user interrupted.
  private func runRound(_ round: Int, _ cell: PlannedCell, _ pass: Pass, _ program: PreparedProgram) throws -> Bool {
    let key = key(cell, pass, round)
    let attempt = resume.nextAttempt(key)
    let order = schedule.arms(
      count: plan.arms.count, round: round, cell: cell.cell.identifier, pass: pass.rawValue)
    var rows: [(sample: Sample, details: RunDetails)] = []
    for (position, index) in order.enumerated() {
      let arm = plan.arms[index]
      observer.willRun(
        done: doneCount, total: totalCount, what: "round \(round), \(cell.cell.workload), \(arm.arm.allocator), \(pass)"
      )
      let (ending, reply) = try run(arm, pass, program)
      if ending.interrupted { return false }
      doneCount += 1
      var sample = sample(of: cell, arm, pass, round: round, position: position, attempt: attempt)
      sample.outcome = WorkerVerdict.outcome(of: ending, reply)
      if sample.outcome.status == .ok { sample.metrics = MetricDerivation.metrics(of: reply) }
      if sample.outcome.status != .ok {
        failedCount += 1
        observer.didNotice(WorkerVerdict.words(for: sample, ending, reply))
      }
      rows.append((sample, RunDetails(timeline: reply.timeline, ace: reply.aceFigures)))
    }
    addNet(to: &rows)
    for row in rows {
      try output.append(row.sample, row.details)
      resume.note(row.sample)
      observer.didMeasure(row.sample, row.details)
    }
    return true
  }

  private func run(
    _ arm: PlannedArm, _ pass: Pass, _ program: PreparedProgram
  ) throws -> (ending: ChildProcess.Ending, reply: WorkerReply) {
    let command = WorkerCommand(
      arm: arm, plan: plan, programPath: program.path, pass: pass.rawValue, worker: worker)
    let ending = try ChildProcess(command, timeLimitSeconds: plan.description.processTimeLimitSeconds).run()
    return (ending, WorkerReply(ending.standardOutput))
  }

  private func addNet(to rows: inout [(sample: Sample, details: RunDetails)]) {
    guard let floor = rows.first(where: { $0.sample.arm.isFloor })?.sample.metrics[.grossPerOperation] else { return }
    for index in rows.indices where rows[index].sample.pass == .time {
      MetricDerivation.addNet(floor: floor, to: &rows[index].sample.metrics)
    }
  }

  private func sample(
    of cell: PlannedCell, _ arm: PlannedArm, _ pass: Pass, round: Int, position: Int, attempt: UInt32
  ) -> Sample {
    sequence += 1
    return Sample(
      sessionIdentifier: sessionIdentifier, sequence: sequence, utcTime: SessionIdentifier.utcNow(),
      planHash: plan.hash, cell: cell.cell, pass: pass, arm: arm.arm, library: arm.library, round: UInt32(round),
      orderInRound: UInt32(position + 1),
      workloadSeed: schedule.workloadSeed(round: round, cell: cell.cell.identifier), attempt: attempt,
      environment: fingerprint.sampleEnvironment(
        numaNode: nil, harnessVersion: HarnessVersion.current, harnessCommit: HarnessVersion.commit))
  }
}
