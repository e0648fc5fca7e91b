// SPDX-License-Identifier: MIT

import CLinux
import Glibc
import Measurement

/// Counts system calls in the kernel (`SyscallBackend.ebpf`): those of all that the thread which makes it starts.
public final class SyscallKernelCounter {
  /// What part of a started program is counted.
  public enum Extent: Sendable {
    /// All of it, from its start.
    case program
    /// What lies within its `SpanMark`s.
    case markedSpan
  }

  /// What it adds to a call, as measured when it was made.
  public let costNanosecondsPerCall: Double

  private let threads: BPFMap
  private let counts: BPFMap
  private let control: BPFMap
  private let ownThread: UInt32
  private let attachments: [BPFAttachment]

  private static let threadCapacity = 16384

  public init() throws(SyscallBackendFailure) {
    #if !arch(x86_64)
      throw .otherProcessor
    #else
      // Up to Linux 5.10 such maps count as locked memory. Programs that are started later must not inherit the change.
      let lockedMemory = __rlimit_resource_t(__RLIMIT_MEMLOCK.rawValue)
      var limit = rlimit()
      getrlimit(lockedMemory, &limit)
      var noLimit = rlimit(rlim_cur: rlim_t.max, rlim_max: rlim_t.max)
      setrlimit(lockedMemory, &noLimit)
      defer { setrlimit(lockedMemory, &limit) }
      let layout = try KernelThreadLayout()
      ownThread = layout.ownThread
      threads = try BPFMap(.hash, wordCount: SyscallThreadRecord.wordCount, entryCount: Self.threadCapacity)
      counts = try BPFMap(
        .arrayByProcessor, wordCount: SyscallCountRecord.wordCount, entryCount: SyscallCountRecord.entryCount)
      control = try BPFMap(.array, wordCount: SyscallControlRecord.wordCount, entryCount: 1)
      let bareNanoseconds = Self.cheapCallNanoseconds()
      let programs = SyscallPrograms(
        threads: threads.descriptor, counts: counts.descriptor, control: control.descriptor,
        threadNumberOffset: layout.numberOffset)
      // Whoever ends a call must have been seen to begin it: the end is watched first.
      attachments = [
        try BPFAttachment("sched_process_exit", programs.end), try BPFAttachment("sched_process_exec", programs.exec),
        try BPFAttachment("sched_process_fork", programs.fork), try BPFAttachment("sched_switch", programs.switching),
        try BPFAttachment("sys_exit", programs.exit), try BPFAttachment("sys_enter", programs.entry),
      ]
      costNanosecondsPerCall = try Self.calibrate(
        threads, counts, control, ownThread: ownThread, bareNanoseconds: bareNanoseconds)
    #endif
  }

  /// Has `body`, which starts a program and waits for its end, watched; it has to run in the thread that made the counter.
  public func watch<Result>(
    _ extent: Extent, _ body: () throws -> Result
  ) throws -> (result: Result, calls: SyscallComposition) {
    try clear()
    try control.set(0, [extent == .program ? 1 : 0, 0])
    try setOwnState(SyscallThreadRecord.startsProfiled)
    let result = Swift.Result { try body() }
    threads.remove(ownThread)
    try control.set(0, [0, control.words(0)?[SyscallControlRecord.lost] ?? 0])
    return (try result.get(), composition())
  }

  private func composition() -> SyscallComposition {
    var composition = SyscallComposition(
      .ebpf, (0..<SyscallCountRecord.entryCount).compactMap { count(of: $0) },
      costNanosecondsPerCall: costNanosecondsPerCall)
    let remaining = threads.keys()
    composition.remainingThreadCount = remaining.count
    composition.lostThreadCount = control.words(0)?[SyscallControlRecord.lost] ?? 0
    return composition
  }

  /// What all processors have counted of a call; nil when there was none.
  private func count(of number: Int) -> SyscallCount? {
    guard let words = counts.words(UInt32(number)) else { return nil }
    let wordCount = SyscallCountRecord.wordCount
    func values(_ word: Int) -> [UInt64] { stride(from: word, to: words.count, by: wordCount).map { words[$0] } }
    func sum(_ word: Int) -> UInt64 { values(word).reduce(0, &+) }
    guard sum(SyscallCountRecord.calls) > 0 else { return nil }
    let call = SyscallNumber(number)
    return SyscallCount(
      call: call, callCount: sum(SyscallCountRecord.calls), errorCount: sum(SyscallCountRecord.errors),
      elapsedNanoseconds: sum(SyscallCountRecord.elapsed), waitedNanoseconds: sum(SyscallCountRecord.waited),
      longestNanoseconds: values(SyscallCountRecord.longest).max(),
      byteCount: call.hasByteCount ? sum(SyscallCountRecord.byteCount) : nil)
  }

  private func clear() throws(SyscallBackendFailure) {
    for thread in threads.keys() { threads.remove(thread) }
    for number in 0..<SyscallCountRecord.entryCount { try counts.set(UInt32(number), []) }
  }

  private func setOwnState(_ state: Int32) throws(SyscallBackendFailure) {
    try Self.setState(threads, ownThread, state)
  }

  private static func setState(_ threads: BPFMap, _ thread: UInt32, _ state: Int32) throws(SyscallBackendFailure) {
    var record = [UInt64](repeating: 0, count: SyscallThreadRecord.wordCount)
    record[SyscallThreadRecord.state] = UInt64(state)
    try threads.set(thread, record)
  }

  private static let calibrationCallCount = 2000

  /// How much longer a call takes that is counted; at the same time it is seen whether calls are counted at all.
  private static func calibrate(
    _ threads: BPFMap, _ counts: BPFMap, _ control: BPFMap, ownThread: UInt32, bareNanoseconds: Double
  ) throws(SyscallBackendFailure) -> Double {
    try control.set(0, [1, 0])
    try setState(threads, ownThread, SyscallThreadRecord.isCounted)
    let countedNanoseconds = cheapCallNanoseconds()
    threads.remove(ownThread)
    let words = counts.words(UInt32(SYS_getppid)) ?? []
    let found = stride(from: SyscallCountRecord.calls, to: words.count, by: SyscallCountRecord.wordCount)
      .reduce(0) { $0 + words[$1] }
    let expected = UInt64(calibrationCallCount * calibrationRoundCount)
    guard found == expected else { throw .miscounted(expected: expected, found: found) }
    return max(0, countedNanoseconds - bareNanoseconds)
  }

  private static let calibrationRoundCount = 15

  /// What a call takes that does next to nothing: the least of several rounds, which others have disturbed the least.
  private static func cheapCallNanoseconds() -> Double {
    var least = Double.infinity
    for _ in 0..<calibrationRoundCount {
      let begin = Clock.nowNanoseconds()
      for _ in 0..<calibrationCallCount { linux_cheap_call() }
      least = min(least, Double(Clock.nowNanoseconds() - begin) / Double(calibrationCallCount))
    }
    return least
  }
}
