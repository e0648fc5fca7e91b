// SPDX-License-Identifier: MIT

/// How far a thread has come, and what it is known to have waited for.
struct ThreadProgress {
  enum State {
    case absent
    case running
    case ended
  }

  var state = State.absent
  /// Placed events of this thread so far.
  var performedCount: UInt64 = 0
  private var awaited: [UInt32: UInt64] = [:]

  /// Notes that this thread waits until `thread` has performed a count; false when it had waited for that before.
  @discardableResult
  mutating func learn(of thread: UInt32, performedCount: UInt64) -> Bool {
    guard performedCount > awaited[thread, default: 0] else { return false }
    awaited[thread] = performedCount
    return true
  }
}
