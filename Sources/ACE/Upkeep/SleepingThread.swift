// SPDX-License-Identifier: MIT

import CACE

/// Taking the heap of a thread while it sleeps, at no cost to its fast paths.
///
/// The worker makes the thread's slot point to an empty heap, and lets every thread pass a memory barrier: from then on the
/// thread finds no heap when it calls malloc, takes the slow path, and waits there for the heaps' lock, which the worker holds.
/// What is left is that the thread may have read its slot before. It has not kept what it read if it is seen, after the
/// barrier, asleep in a system call that ACE never makes (`ace_is_asleep`): it is outside of ACE then, and whatever it does next begins
/// with reading the slot. docs/decisions/011 says more.
enum SleepingThread {
  private nonisolated(unsafe) static var canReachThreads = false

  /// Asks the kernel for what is needed. That takes it 10 milliseconds or more where there are threads (it waits for all processors to
  /// pass a quiet state), so it is the worker that asks.
  static func prepare() {
    canReachThreads = ace_threads_are_listed() && ace_register_barrier()
  }

  /// Lets `body` use the heap of a thread that sleeps; false, and nothing done, when the thread does not, or when that cannot
  /// be found out. With the heaps' lock held.
  static func borrow(_ heap: HeapPointer, _ body: (HeapPointer) -> Void) -> Bool {
    let user = heap.pointee.user
    guard canReachThreads, user.threadIdentifier != 0, let slot = user.slot, isAsleep(user) else { return false }
    guard ace_compare_exchange(slot, word(heap), word(ace_slot_paused())) else { return false }
    // A thread that has woken up meanwhile may have set its slot itself, as it ends.
    defer { _ = ace_compare_exchange(slot, word(ace_slot_paused()), word(heap)) }
    guard ace_reach_all_threads(), isAsleep(user) else { return false }
    body(heap)
    return true
  }

  private static func isAsleep(_ user: HeapUser) -> Bool { ace_is_asleep(user.threadIdentifier, user.signalMask) }

  private static func word(_ pointer: UnsafeMutableRawPointer) -> UInt64 { UInt64(UInt(bitPattern: pointer)) }
}
