// SPDX-License-Identifier: MIT

import Glibc

/// What is known of one thread of the program. Written by that thread while it works, by its starter before, by the
/// first thread between groups.
struct ReplayMember {
  var team: UnsafePointer<ReplayTeam>
  var thread: UInt32
  /// The next in the list of ended threads, as index + 1.
  var nextEnded: UInt32 = 0
  var handle: pthread_t = 0
  /// Whether it was started and has not reached its end instruction.
  var isRunning = false
  /// Time spent in the program, without waits for other threads and pauses.
  var busyNanoseconds: UInt64 = 0
  /// Time spent waiting for other threads.
  var waitNanoseconds: UInt64 = 0
}
