// SPDX-License-Identifier: MIT

import Allocators
import CLinux
import Comparison
import Glibc
import Results

/// Runs recorded programs, and replays of their traces, by turns in rounds, each with every allocator.
public final class FidelityRun {
  /// What became of a trace.
  public enum Outcome: Sendable {
    case measured(FidelityEvidence)
    /// Its program does not run here, and why.
    case skipped(name: String, reason: String)
  }

  /// Why a trace is skipped.
  private struct Skip: Error {
    var reason: String
  }

  private let plan: Plan
  private let commands: [[String]]
  private let recorder: String?
  private let observer: any SweepObserver
  private let runner: RoundRunner
  private let schedule: RoundSchedule
  private let roundCount: Int
  private let deadlineSeconds: Double

  /// - Parameters:
  ///   - plan: Its cells are the traces; its arms are preloaded into the programs, and the first is the base.
  ///   - commands: Of each cell; empty where the program is not known.
  ///   - recorder: Records the programs once more, to see whether they still do what the traces have; nil to go without.
  public init(
    _ plan: Plan, commands: [[String]], worker: String, recorder: String?, observer: any SweepObserver
  ) throws {
    self.plan = plan
    self.commands = commands
    self.recorder = recorder
    self.observer = observer
    runner = try RoundRunner(plan, fingerprint: try EnvironmentFingerprint(), worker: worker, observer: observer)
    schedule = RoundSchedule(seed: plan.description.seed)
    roundCount = plan.passes.map(\.roundCount).max() ?? 0
    let limit = plan.description.timeLimitSeconds
    deadlineSeconds = limit > 0 ? MonotonicTime.nowSeconds() + limit : .infinity
    runner.totalCount = plan.cells.count * plan.arms.count * (4 * roundCount + 2)
  }

  /// Runs everything; false when the user interrupted or the time was up. A trace whose rounds began is in an outcome.
  public func run(didFinish: (Outcome) -> Void) throws -> Bool {
    for (index, cell) in plan.cells.enumerated() {
      do {
        let (evidence, isComplete) = try measure(cell, commands[index])
        if let evidence { didFinish(.measured(evidence)) }
        if !isComplete { return false }
      } catch let skip as Skip {
        didFinish(.skipped(name: cell.cell.workload, reason: skip.reason))
        runner.doneCount += plan.arms.count * (4 * roundCount + 2)
      }
    }
    return true
  }

  private func measure(_ cell: PlannedCell, _ command: [String]) throws -> (FidelityEvidence?, isComplete: Bool) {
    guard !command.isEmpty else { throw Skip(reason: "the trace names no command; name it behind '--'") }
    let program = try runner.program(of: cell, round: 1)
    runner.backMemory(for: program)
    let operationCountNow = try recordAgain(cell, command)
    guard let arms = try warmUp(cell, command) else { return (nil, false) }
    runner.warmUp(arms, with: program)
    var evidence = FidelityEvidence(
      name: cell.cell.workload, command: command, operationCount: program.header.operationCount,
      operationCountNow: operationCountNow, allocators: arms.map(\.arm.allocator))
    for round in 1...max(roundCount, 1) {
      if MonotonicTime.nowSeconds() > deadlineSeconds { return (evidence.rounds.isEmpty ? nil : evidence, false) }
      guard let figures = try run(round, cell, command, program, arms) else {
        return (evidence.rounds.isEmpty ? nil : evidence, false)
      }
      evidence.add(figures)
    }
    return (evidence, true)
  }

  /// Runs the program once with every arm: those with which it runs, nil when the user interrupted.
  private func warmUp(_ cell: PlannedCell, _ command: [String]) throws -> [PlannedArm]? {
    var arms: [PlannedArm] = []
    for arm in plan.arms {
      tell(cell, "warming up", arm)
      let usage = try runProgram(command, arm)
      if Interruption.isRequested { return nil }
      guard let fault = Self.fault(of: command, arm, usage) else {
        arms.append(arm)
        continue
      }
      // Without the first, there is nothing to hold the others against.
      if arms.isEmpty {
        throw Skip(reason: fault + (usage.status == 0 ? "" : "; what it reads has to be in this folder"))
      }
      observer.didNotice("\(cell.cell.workload): \(fault)")
    }
    guard arms.count > 1 else { throw Skip(reason: "it runs with \(arms[0].arm.allocator) alone") }
    return arms
  }

  /// A round: the program with every arm, then a program that does nothing, then both passes of the replay. Nil when the user
  /// interrupted.
  private func run(
    _ round: Int, _ cell: PlannedCell, _ command: [String], _ program: PreparedProgram, _ arms: [PlannedArm]
  ) throws -> [String: FidelityEvidence.Figures]? {
    var programs: [String: ForegroundProgram.Usage] = [:]
    var starts: [String: ForegroundProgram.Usage] = [:]
    for arm in shuffled(arms, of: cell, round, "program") {
      tell(cell, "round \(round), program", arm)
      let usage = try runProgram(command, arm)
      if Interruption.isRequested { return nil }
      if let fault = Self.fault(of: command, arm, usage) {
        observer.didNotice("\(cell.cell.workload), round \(round): \(fault)")
      } else {
        programs[arm.arm.allocator] = usage
      }
    }
    for arm in shuffled(arms, of: cell, round, "start") {
      tell(cell, "round \(round), start", arm)
      starts[arm.arm.allocator] = try runProgram(["true"], arm)
    }
    var replays: [Pass: [MeasuredRun]] = [:]
    for pass in [Pass.time, .memory] {
      let request = RoundRequest(
        round: round, cell: cell, pass: pass, arms: shuffled(arms, of: cell, round, pass.rawValue), attempt: 1,
        stage: nil)
      guard let runs = try runner.run(request, program) else { return nil }
      replays[pass] = runs
    }
    return Dictionary(
      uniqueKeysWithValues: arms.compactMap { arm in
        let name = arm.arm.allocator
        func metric(_ pass: Pass, _ metric: Metric) -> Double? {
          replays[pass]?.first { $0.sample.arm == arm.arm }?.sample.metrics[metric]?.double
        }
        guard let usage = programs[name], let start = starts[name],
          let perOperation = metric(.time, .grossPerOperation), let user = metric(.time, .userTime),
          let system = metric(.time, .systemTime), let peak = metric(.memory, .residentPeak)
        else { return nil }
        // Threads that wait for one another spin for a while, which is time on a processor. Time in which something else had
        // the processor is in the busy time alone.
        let busy = perOperation * Double(program.header.operationCount)
        let repeats = Double(plan.description.repeats)
        return (
          name,
          FidelityEvidence.Figures(
            programNanoseconds: usage.processorNanoseconds,
            programPeakByteCount: usage.peakRSSByteCount.map { Double($0) },
            startNanoseconds: start.processorNanoseconds,
            replayNanoseconds: min(busy, (user + system) / repeats), replayPeakByteCount: peak)
        )
      })
  }

  private func shuffled(_ arms: [PlannedArm], of cell: PlannedCell, _ round: Int, _ what: String) -> [PlannedArm] {
    schedule.arms(count: arms.count, round: round, cell: cell.cell.identifier, pass: what).map { arms[$0] }
  }

  private func tell(_ cell: PlannedCell, _ what: String, _ arm: PlannedArm) {
    observer.willRun(
      done: runner.doneCount, total: runner.totalCount, what: "\(cell.cell.workload), \(what), \(arm.arm.allocator)")
    runner.doneCount += 1
  }

  /// What is preloaded into programs: the C library for `system`, because a program may bring an allocator of its own.
  public static func preloadedLibrary(of arm: PlannedArm) -> String {
    arm.allocator.libraryPath ?? String(cString: linux_libc_path())
  }

  /// Runs a program with an arm's library preloaded.
  private func runProgram(_ command: [String], _ arm: PlannedArm) throws -> ForegroundProgram.Usage {
    let library = Self.preloadedLibrary(of: arm)
    var program = ForegroundProgram(command: command, environment: ["LD_PRELOAD=\(library)"], showsOutput: false)
    program.library = library
    program.binding = plan.placement.binding
    do {
      return try program.run()
    } catch {
      throw Self.skip(error)
    }
  }

  /// Why what a program took says nothing; nil when it does.
  private static func fault(of command: [String], _ arm: PlannedArm, _ usage: ForegroundProgram.Usage) -> String? {
    if usage.status != 0 {
      return "with \(arm.arm.allocator), '\(ShellText.command(command))' ended with status \(usage.status)"
    }
    if !usage.hasLibrary {
      return
        "\(preloadedLibrary(of: arm)) cannot be preloaded into \(command[0]): it is linked statically, or set-user-ID"
    }
    return nil
  }

  /// How many operations the program makes today; nil where that cannot be found out.
  private func recordAgain(_ cell: PlannedCell, _ command: [String]) throws -> UInt64? {
    guard let recorder else { return nil }
    observer.willRun(done: runner.doneCount, total: runner.totalCount, what: "\(cell.cell.workload), recording")
    do {
      return try FidelityRecording.operationCount(of: command, recorder: recorder)
    } catch {
      throw Self.skip(error)
    }
  }

  /// A program that cannot be started is no reason to leave out the other traces.
  private static func skip(_ error: any Error) -> any Error {
    guard let failure = error as? ExperimentError, case .system("posix_spawn", let path, let code) = failure else {
      return error
    }
    return Skip(reason: "\(path) cannot be started: \(String(cString: strerror(code)))")
  }
}

extension ForegroundProgram.Usage {
  /// User and system time.
  fileprivate var processorNanoseconds: Double { Double(userNanoseconds + systemNanoseconds) }
}
