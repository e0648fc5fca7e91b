// SPDX-License-Identifier: MIT

import Allocators
import Glibc
import Measurement
import Replay

/// The things a worker does.
enum Worker {
  /// Touches memory, so that the host of a virtual machine backs it before it is measured. What cannot be had is left.
  static func touch(byteCount: Int) {
    _ = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | Int32(MAP_ANONYMOUS | MAP_POPULATE), -1, 0)
  }

  /// Loads the allocator and says which library answers, and what can be set in it if it is ACE.
  static func probe(_ arguments: WorkerArguments) throws(WorkerFailure) {
    let allocator = try load(arguments)
    for knob in allocator.ace?.knobs() ?? [] { JSONLine(knob).write() }
    for setting in arguments.aceSettings { try setting.verify(in: allocator.ace) }
    var line = JSONLine()
    line.add("served_by", allocator.servedBy)
    line.write()
  }

  /// Replays the program once in the given pass and writes its figures.
  ///
  /// The order matters: everything of the harness is mapped and touched, then the baseline is read, then the allocator
  /// is loaded, so that whatever the process holds above the baseline is the allocator's.
  static func run(_ arguments: WorkerArguments) throws(WorkerFailure) {
    try bind(arguments)
    let startRSS = ProcessMemory().sample().rssByteCount
    let stage: ReplayStage
    do {
      stage = try ReplayStage(programPath: arguments.programPath, settings: arguments.settings)
    } catch {
      throw .replay(error)
    }
    // Code of the harness that is run for the first time later would else be resident on the allocator's account.
    if arguments.settings.pass == .memory {
      try WorkerArguments.rehearseLists()
      CodePages.replace()
    }
    let memory = ProcessMemory()
    let nodes = NodeReadings(arguments.settings)
    memory.resetPeak()
    let baseline = memory.sample()
    nodes?.readBaseline()
    let allocator = try load(arguments)
    let loaded = memory.sample()
    // Pages of code that are the process's own would be in the figures of memory.
    if arguments.settings.pass != .memory { CodePages.replace() }
    // Reading settings runs code of the allocator, whose pages would be in the figures of memory.
    if arguments.settings.pass != .memory {
      for setting in arguments.aceSettings { try setting.verify(in: allocator.ace) }
    }
    let witness = try ACEWitness(allocator, isPreloaded: arguments.allocator == .process)
    let replay = ReplayRun(stage, functions: allocator.functions) { fault in
      let failure = WorkerFailure.fault(fault)
      failure.report()
      _exit(failure.exitCode)
    }
    // Threads inherit counters that are there when they are started.
    let counters = arguments.countsEvents ? CounterSet(.atMark) : nil
    let calibration = CounterCalibration()
    let outcome: ReplayOutcome
    do {
      outcome = try replay.run()
    } catch {
      throw .replay(error)
    }
    let nanosecondsPerTick = calibration.nanosecondsPerTick()
    let readings =
      arguments.settings.pass == .memory
      ? MemoryReadings(
        baseline: baseline, loaded: loaded, memory: memory, drainDelaysMilliseconds: arguments.drainDelaysMilliseconds)
      : nil
    nodes?.readEnd()
    // Reading them runs code of the allocator, whose pages would be in every figure taken after.
    let statistics = try witness?.statistics(afterOperationCount: outcome.operationCount)
    if arguments.settings.pass == .memory {
      for setting in arguments.aceSettings where setting.stays(in: allocator.ace) {
        try setting.verify(in: allocator.ace)
      }
    }
    for decision in allocator.ace?.decisions() ?? [] { JSONLine(decision).write() }
    var line = JSONLine()
    line.add("served_by", allocator.servedBy)
    line.add("worker_start_rss_bytes", startRSS)
    line.add(outcome)
    if arguments.settings.marksSpans {
      line.add("span_begin_ns", outcome.beginNanoseconds)
      line.add("span_end_ns", outcome.endNanoseconds)
    }
    if let counters { line.add(counters) }
    if let report = replay.latencyReport(nanosecondsPerTick: nanosecondsPerTick) { line.add(report) }
    if let report = replay.memoryReport, let readings {
      TimelineWriter.write(report.timeline, baseline: baseline)
      nodes?.write(atLivePeak: replay.nodesAtLivePeak)
      for statistics in witness?.classStatistics() ?? [] { JSONLine(statistics).write() }
      line.add(report, readings)
    }
    if let statistics { line.add(statistics) }
    line.write()
  }

  /// Runs where the arguments say, with memory from where they say.
  ///
  /// A policy holds for pages that are touched from then on. So the program begins anew under it: then the loader, the
  /// libraries and whatever a preloaded allocator has done before this code runs are bound too.
  private static func bind(_ arguments: WorkerArguments) throws(WorkerFailure) {
    let binding = arguments.binding
    guard let policy = binding.policy, arguments.isBound else {
      do {
        try binding.apply()
      } catch {
        throw .binding(error)
      }
      if binding.policy != nil { try restart() }
      return
    }
    let found = NumaPolicy.current()
    if found != policy { throw .policyNotTaken(policy, found: found) }
  }

  /// Turns into the same program with the same arguments, which says that it is bound.
  private static func restart() throws(WorkerFailure) {
    var arguments: [UnsafeMutablePointer<CChar>?] = CommandLine.arguments.map { strdup($0) }
    arguments += [strdup(WorkerArguments.boundFlag), nil]
    execv("/proc/self/exe", arguments)
    throw .binding(.policy(errno: errno))
  }

  private static func load(_ arguments: WorkerArguments) throws(WorkerFailure) -> LoadedAllocator {
    do {
      return try LoadedAllocator(
        arguments.allocator, expectedLibrary: arguments.expectedLibrary, isACE: arguments.isACE)
    } catch {
      throw .allocator(error)
    }
  }
}
