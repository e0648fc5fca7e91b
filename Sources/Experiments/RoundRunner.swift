// SPDX-License-Identifier: MIT

import Measurement
import Results

/// Runs rounds of a plan, an arm after the other in fresh processes, and makes their rows. What comes when, and where
/// the rows go, is the caller's.
final class RoundRunner {
  private let plan: Plan
  private let observer: any SweepObserver
  private let worker: String
  private let schedule: RoundSchedule
  private let preparation: ProgramPreparation
  private let sessionIdentifier = SessionIdentifier.make()
  private var tracePrograms: [String: PreparedProgram] = [:]
  private var sequence: UInt64 = 0
  /// Memory that the machine is known to have backed.
  private var backedByteCount: UInt64 = 0
  /// What rows say of the machine from now on.
  var fingerprint: EnvironmentFingerprint
  /// Processes that were run, or need not be, and how many there will be.
  var doneCount = 0
  var totalCount = 0
  private(set) var failedCount = 0

  init(_ plan: Plan, fingerprint: EnvironmentFingerprint, worker: String, observer: any SweepObserver) throws {
    self.plan = plan
    self.fingerprint = fingerprint
    self.worker = worker
    self.observer = observer
    schedule = RoundSchedule(seed: plan.description.seed)
    preparation = try ProgramPreparation()
  }

  /// What the cell runs in a round, the same for all arms and passes; a trace's is the same in all rounds.
  func program(of cell: PlannedCell, round: Int) throws -> PreparedProgram {
    let identifier = cell.cell.identifier
    if let known = tracePrograms[identifier] { return known }
    let program = try preparation.prepare(
      cell, seed: schedule.workloadSeed(round: round, cell: identifier), originalSpeed: plan.description.originalSpeed)
    if case .trace = cell.workload { tracePrograms[identifier] = program }
    return program
  }

  /// Lets the machine back the memory that a program will need, unless an earlier one needed as much.
  ///
  /// Memory that a virtual machine's host has never backed costs several microseconds a page at its first touch;
  /// whoever came first would pay for all.
  func backMemory(for program: PreparedProgram) {
    let wanted = min(4 * program.header.livePeakByteCount + 256 << 20, AvailableMemory.byteCount() / 2)
    guard wanted > backedByteCount else { return }
    backedByteCount = wanted
    observer.willRun(done: doneCount, total: totalCount, what: "touching memory")
    _ = try? ChildProcess(WorkerCommand(touching: wanted, worker: worker), timeLimitSeconds: 60).run()
  }

  /// Runs arms once without counting it: their files are then in memory.
  func warmUp(_ arms: [PlannedArm], with program: PreparedProgram) {
    observer.willRun(done: doneCount, total: totalCount, what: "warming up")
    for arm in arms where !Interruption.isRequested {
      _ = try? run(arm, .time, program).ending
      doneCount += 1
    }
  }

  /// Runs all arms of a round; nil when the user interrupted. Failures are told to the observer.
  func run(_ request: RoundRequest, _ program: PreparedProgram) throws -> [MeasuredRun]? {
    var runs: [MeasuredRun] = []
    for (position, arm) in request.arms.enumerated() {
      observer.willRun(
        done: doneCount, total: totalCount,
        what: "round \(request.round), \(request.cell.cell.workload), \(arm.arm.allocator), \(request.pass)")
      let before = MachinePressure.current()
      let (ending, reply) = try run(arm, request.pass, program)
      if ending.interrupted { return nil }
      doneCount += 1
      var sample = sample(of: request, arm, position: position)
      sample.disturbance = Disturbance(MachinePressure.current().since(before))
      sample.outcome = WorkerVerdict.outcome(of: ending, reply)
      if sample.outcome.status == .ok {
        sample.metrics = MetricDerivation.metrics(of: reply)
      } else {
        failedCount += 1
        observer.didNotice(WorkerVerdict.words(for: sample, ending, reply))
      }
      runs.append(
        MeasuredRun(
          sample: sample, details: RunDetails(timeline: reply.timeline, ace: reply.aceFigures, nodes: reply.nodes)))
    }
    return runs
  }

  private func run(
    _ arm: PlannedArm, _ pass: Pass, _ program: PreparedProgram
  ) throws -> (ending: ChildProcess.Ending, reply: WorkerReply) {
    let command = WorkerCommand(
      arm: arm, plan: plan, programPath: program.path, pass: pass.rawValue, worker: worker)
    let ending = try ChildProcess(command, timeLimitSeconds: plan.description.processTimeLimitSeconds).run()
    let reply = WorkerReply(ending.standardOutput)
    try WorkerVerdict.requireSettings(arm.arm, reply)
    return (ending, reply)
  }

  private func sample(of request: RoundRequest, _ arm: PlannedArm, position: Int) -> Sample {
    sequence += 1
    return Sample(
      sessionIdentifier: sessionIdentifier, sequence: sequence, utcTime: SessionIdentifier.utcNow(),
      planHash: plan.hash, cell: request.cell.cell, pass: request.pass, arm: arm.arm, library: arm.library,
      round: UInt32(request.round), orderInRound: UInt32(position + 1),
      workloadSeed: schedule.workloadSeed(round: request.round, cell: request.cell.cell.identifier),
      attempt: request.attempt, environment: Self.environment(fingerprint, plan.placement), stage: request.stage)
  }

  /// What a row says of a machine, and of where in it the process was.
  static func environment(_ fingerprint: EnvironmentFingerprint, _ placement: NumaPlacement) -> SampleEnvironment {
    fingerprint.sampleEnvironment(
      numaNode: placement.node.map { UInt32($0) }, numaPolicy: placement.binding.policy?.mode.rawValue ?? "",
      harnessVersion: HarnessVersion.current, harnessCommit: HarnessVersion.commit)
  }
}

extension Disturbance {
  /// What the machine did while a process ran.
  fileprivate init(_ pressure: MachinePressure) {
    self.init(
      stealTickCount: pressure.stealTickCount, processorPressureMicroseconds: pressure.processorMicroseconds,
      loadAverage: pressure.loadAverage)
  }
}
