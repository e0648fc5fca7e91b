// SPDX-License-Identifier: MIT

import Allocators

/// What the threads of a replay share. All of it is mapped and touched before the first clock reading.
struct ReplayTeam {
  /// Words apart of the progress counters, so that no two share a cache line.
  static let progressStride = 8

  let functions: AllocatorFunctions
  let pass: ReplayPass
  let touch: TouchPolicy
  let words: UnsafePointer<UInt32>
  /// Where each thread goes on in the current group: word offset + 1, or 0 for nothing to do.
  let entries: UnsafePointer<UInt64>
  /// The live block of each slot.
  let slots: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  /// How many of its events each thread has performed, `progressStride` words apart. Written by that thread with
  /// release order, read by those that wait for it with acquire order.
  let progress: UnsafeMutablePointer<UInt64>
  let members: UnsafeMutablePointer<ReplayMember>
  let control: UnsafeMutablePointer<ReplayControl>
  let meters: ReplayMeters
  let handler: ReplayFault.Handler

  func progress(of thread: UInt32) -> UnsafeMutablePointer<UInt64> {
    progress + Int(thread) * Self.progressStride
  }
}
