// SPDX-License-Identifier: MIT

import CACE

/// ACE's own thread, for what has to happen while the program sleeps. It begins in a program that has threads itself, so that one
/// without stays one, and has memory that is worth it; it ends when there is nothing left to do and at most one thread left.
enum Worker {
  private enum State: UInt64 {
    case none
    case running
    /// It could not be started: nobody tries again.
    case refused
  }

  // Changed atomically.
  private nonisolated(unsafe) static var state = State.none.rawValue
  private nonisolated(unsafe) static var lastLook: UInt64 = 0
  /// Looks without anything to do, since there last was.
  private nonisolated(unsafe) static var quietCount: UInt64 = 0

  // Chosen: a program of less has less to give back than a thread costs.
  private static var leastCommittedByteCount: UInt { 16 << 20 }

  // Chosen: an idle process is woken twice a second.
  private static var longestSleepMilliseconds: UInt64 { 500 }

  static var isRunning: Bool { withWord { ace_load($0) == State.running.rawValue } }

  /// Starts the thread if it is wanted, worth it, and there is none. Called by the program's threads as they begin and at their
  /// ticks. What forbids threads would have forbidden one that has just begun; one that has not asks whether the process has
  /// forbidden itself anything since, for a filter may kill it for trying.
  static func begin(byNewThread: Bool) {
    guard Switch.worker.isOn, Switch.idleTrim.isOn || EngineMode.current != .off, !Gate.isOn, !PolicyClock.isCounted,
      HeapRegistry.usedCount > 1, Span.committedByteCount >= leastCommittedByteCount,
      byNewThread || !ace_is_confined(),
      withWord({ ace_compare_exchange($0, State.none.rawValue, State.running.rawValue) })
    else { return }
    let error = ace_get_errno()
    if !ace_start_worker() { withWord { ace_store($0, State.refused.rawValue) } }
    ace_set_errno(error)
  }

  /// A forked child has no worker.
  static func forget() { state = State.none.rawValue }

  /// The thread's life.
  static func run() {
    if ace_leave_files() { SleepingThread.prepare() }
    repeat {
      quietCount = 0
      while look() {
        ace_worker_sleep(sleepMilliseconds)
      }
      withWord { ace_store_release($0, State.none.rawValue) }
      // A thread that began since the last look has found this one running.
    } while Switch.worker.isOn && HeapRegistry.usedCount > 1
      && withWord({ ace_compare_exchange($0, State.none.rawValue, State.running.rawValue) })
  }

  /// Half of what makes a heap idle: threads that are awake look after themselves, and each wake-up of a third thread on two busy
  /// processors costs the two others more than the look itself. Every few quiet looks double it.
  private static var sleepMilliseconds: UInt64 {
    let half = max(Upkeep.tickMilliseconds &* UInt64(Upkeep.idleTickCount) / 2, 1)
    return min(half << min(quietCount / 4, 4), max(half, longestSleepMilliseconds))
  }

  /// Does what is due; whether the thread is to go on.
  private static func look() -> Bool {
    let now = PolicyClock.now()
    // The first look of all counts as a tick.
    let ticks = lastLook == 0 ? 1 : (now &- lastLook) / max(Upkeep.tickMilliseconds, 1)
    lastLook = now
    let isIdle = HeapRegistry.trimIdle(asleep: true, ticks: UInt32(truncatingIfNeeded: max(ticks, 1)))
    Upkeep.trimIdlePools(ticks: max(ticks, 1))
    Upkeep.tickShared(now)
    quietCount = isIdle ? quietCount &+ 1 : 0
    // A program whose last thread has ended ends with the last of all threads, which this one must not be for long.
    if HeapRegistry.usedCount == 0 || !Switch.worker.isOn { return false }
    return !(HeapRegistry.usedCount == 1 && quietCount > 4)
  }

  private static func withWord<Result>(_ body: (UnsafeMutableRawPointer) -> Result) -> Result {
    withUnsafeMutablePointer(to: &state) { body(UnsafeMutableRawPointer($0)) }
  }
}
