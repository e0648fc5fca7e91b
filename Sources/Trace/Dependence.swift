// SPDX-License-Identifier: MIT

/// What an event waits for: a thread, and how many of its events must have been performed.
struct Dependence: Equatable {
  var thread: UInt32
  var performedCount: UInt64
}
