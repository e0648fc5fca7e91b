// SPDX-License-Identifier: MIT

import CACE

/// ACE's own thread, for what has to happen while the program sleeps. It begins when the second thread of a program first
/// allocates, so that a program without threads stays one, and ends when there is nothing left to do and at most one thread left.
enum Worker {
  private enum State: UInt64 {
    case none
    case running
    /// It could not be started: nobody tries again.
    case refused
  }

  // Changed atomically.
  private nonisolated(unsafe) static var state = State.none.rawValue
  /// Looks without anything to do, since there last was.
  private nonisolated(unsafe) static var quietCount: UInt64 = 0

  // Chosen: an idle process is woken twice a second.
  private static var longestSleepMilliseconds: UInt64 { 500 }

  static var isRunning: Bool { withWord { ace_load($0) == State.running.rawValue } }

  /// Starts the thread if it is wanted and there is none. Called by a thread of the program's that has just begun: what
  /// forbids threads would have forbidden that one.
  static func begin() {
    guard Switch.worker.isOn, Switch.idleTrim.isOn || EngineMode.current != .off, !Gate.isOn, !PolicyClock.isCounted,
      withWord({ ace_compare_exchange($0, State.none.rawValue, State.running.rawValue) })
    else { return }
    let error = ace_get_errno()
    SleepingThread.prepare()
    if !ace_start_worker() { withWord { ace_store($0, State.refused.rawValue) } }
    ace_set_errno(error)
  }

  /// A forked child has no worker.
  static func forget() { state = State.none.rawValue }

  /// The thread's life.
  static func run() {
    quietCount = 0
    while look() {
      // Each quiet look doubles the time to the next.
      let sleep = Upkeep.tickMilliseconds << min(quietCount / 4, 8)
      ace_worker_sleep(max(Upkeep.tickMilliseconds, min(sleep, longestSleepMilliseconds)))
    }
    withWord { ace_store($0, State.none.rawValue) }
  }

  /// Does what is due; whether the thread is to go on.
  private static func look() -> Bool {
    let isIdle = HeapRegistry.trimIdle(asleep: true)
    if isIdle, Switch.idleTrim.isOn { Upkeep.trimPools() }
    Upkeep.tickShared(PolicyClock.now())
    quietCount = isIdle ? quietCount &+ 1 : 0
    // A program whose last thread has ended ends with the last of all threads, which this one must not be for long.
    if HeapRegistry.usedCount == 0 { return false }
    return !(HeapRegistry.usedCount == 1 && quietCount > 16)
  }

  private static func withWord<Result>(_ body: (UnsafeMutableRawPointer) -> Result) -> Result {
    withUnsafeMutablePointer(to: &state) { body(UnsafeMutableRawPointer($0)) }
  }
}
