// SPDX-License-Identifier: MIT

import Allocators
import CLinux
import Glibc
import Measurement

/// Runs the program on a stage with an allocator: the conductor of the threads, and the first of them.
public struct ReplayRun {
  private let stage: ReplayStage
  private let functions: AllocatorFunctions

  /// Readies the stage for one allocator; a stage serves one run. `handler` is told of the first fault and does not return.
  public init(_ stage: ReplayStage, functions: AllocatorFunctions, handler: @escaping ReplayFault.Handler) {
    stage.team.initialize(
      to: ReplayTeam(
        functions: functions, pass: stage.settings.pass, touch: stage.settings.touch, words: stage.image.words,
        entries: stage.image.entries, slots: stage.slots, progress: stage.progress, members: stage.members,
        control: stage.control, meters: stage.meters, handler: handler))
    self.stage = stage
    self.functions = functions
  }

  /// Runs the program as often as the settings say. Blocks that are left after a run are freed before the next, and
  /// after the last, outside every figure.
  public func run() throws(ReplayError) -> ReplayOutcome {
    var outcome = ReplayOutcome()
    for round in 0..<(stage.settings.warmupCount + stage.settings.repeatCount) {
      let isMeasured = round >= stage.settings.warmupCount
      let single = try runOnce(isMarked: isMeasured && stage.settings.marksSpans)
      if isMeasured { outcome.add(single) } else { stage.meters.latency?.pointee.reset() }
    }
    return outcome
  }

  /// The program's points in the memory pass.
  public var memoryReport: MemoryReport? {
    stage.meters.memory.map { MemoryReport($0, tellsUsableSize: functions.usableSize != nil) }
  }

  /// On which NUMA nodes memory lay where most was live in the memory pass; nil when that was not read.
  public var nodesAtLivePeak: NumaMemory.Reading? { stage.meters.memory?.pointee.nodesAtLivePeak }

  /// The quantiles of the latency pass.
  public func latencyReport(nanosecondsPerTick: Double) -> LatencyReport? {
    stage.meters.latency.map { LatencyReport($0, nanosecondsPerTick: nanosecondsPerTick) }
  }

  private func runOnce(isMarked: Bool) throws(ReplayError) -> ReplayOutcome {
    resetThreads()
    var outcome = ReplayOutcome()
    stage.meters.memory?.pointee.start()
    repeat {
      let usageBefore = ResourceUsage.current()
      if isMarked { SpanMark.begin() }
      let begin = Clock.nowNanoseconds()
      if outcome.elapsedNanoseconds == 0 {
        stage.control.pointee.startNanoseconds.store(begin, ordering: .relaxed)
        outcome.beginNanoseconds = begin
      }
      performGroup()
      wasteTime(since: begin)
      outcome.endNanoseconds = Clock.nowNanoseconds()
      outcome.elapsedNanoseconds += outcome.endNanoseconds - begin
      if isMarked { SpanMark.end() }
      let usage = ResourceUsage.current().since(usageBefore)
      outcome.usage = outcome.usage.map { $0 + usage } ?? usage
    } while try loadMore()
    stage.meters.memory?.pointee.finish()
    dismissThreads()
    for thread in 0..<Int(stage.header.threadCount) {
      outcome.busyNanoseconds += stage.members[thread].busyNanoseconds
      outcome.waitNanoseconds += stage.members[thread].waitNanoseconds
    }
    outcome.operationCount = stage.header.operationCount
    outcome.requestedByteCount = stage.header.requestedByteCount
    freeLeftovers()
    try rewind()
    return outcome
  }

  /// Makes a stretch of operations that began at a time take longer by the fraction that the settings ask for.
  private func wasteTime(since begin: UInt64) {
    guard stage.settings.slowdown > 0 else { return }
    let now = Clock.nowNanoseconds()
    Clock.spin(untilNanoseconds: now + UInt64(Double(now - begin) * stage.settings.slowdown))
  }

  private func resetThreads() {
    for thread in 0..<Int(stage.header.threadCount) {
      stage.progress[thread * ReplayTeam.progressStride] = 0
      stage.members[thread] = ReplayMember(team: stage.team, thread: UInt32(thread))
    }
    stage.control.pointee.isOver.store(false, ordering: .relaxed)
  }

  /// Lets every thread perform the windows in memory, and waits for all, the ends of those that end included.
  ///
  /// Those with nothing to do report too: one that woke late would otherwise find the next windows half loaded.
  private func performGroup() {
    var awakened: UInt32 = 0
    for thread in 1..<max(Int(stage.header.threadCount), 1) where stage.members[thread].isRunning { awakened += 1 }
    stage.control.pointee.workingCount.store(awakened, ordering: .relaxed)
    stage.control.advanceGeneration()
    _ = ReplayThread.perform(stage.members)
    stage.control.waitForShares()
    ReplayThread.joinEnded(stage.team)
  }

  /// Sends the threads home that the program never ended.
  private func dismissThreads() {
    stage.control.pointee.isOver.store(true, ordering: .releasing)
    stage.control.advanceGeneration()
    for thread in 1..<max(Int(stage.header.threadCount), 1) where stage.members[thread].isRunning {
      pthread_join(stage.members[thread].handle, nil)
    }
  }

  private func freeLeftovers() {
    for slot in 0..<Int(stage.header.slotCount) {
      guard let block = stage.slots[slot] else { continue }
      stage.slots[slot] = nil
      if let ledger = stage.meters.ledger {
        CheckedCalls(functions, ledger, team: stage.team, thread: 0).free(block, slot: slot)
      } else {
        functions.free(block)
      }
    }
  }

  private func loadMore() throws(ReplayError) -> Bool {
    if stage.image.isWholeInMemory { return false }
    return try stage.loadNextWindows()
  }

  private func rewind() throws(ReplayError) {
    guard !stage.image.isWholeInMemory else { return }
    stage.image.rewind()
    try stage.loadNextWindows()
  }
}

extension ReplayOutcome {
  /// Adds another run's figures to these.
  fileprivate mutating func add(_ other: ReplayOutcome) {
    if beginNanoseconds == 0 { beginNanoseconds = other.beginNanoseconds }
    endNanoseconds = other.endNanoseconds
    elapsedNanoseconds += other.elapsedNanoseconds
    busyNanoseconds += other.busyNanoseconds
    waitNanoseconds += other.waitNanoseconds
    operationCount += other.operationCount
    requestedByteCount += other.requestedByteCount
    if let otherUsage = other.usage { usage = usage.map { $0 + otherUsage } ?? otherUsage }
  }
}
