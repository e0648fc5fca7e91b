// SPDX-License-Identifier: MIT

import CACE

/// The thread that uses a heap, and what the worker last saw of it. Under the heaps' lock.
struct HeapUser {
  /// The kernel's number of the thread; 0 when none uses the heap, or none that can be asked about.
  var threadIdentifier: Int32 = 0
  /// Where the thread's slot is.
  var slot: UnsafeMutableRawPointer?
  /// The signals that the thread blocks when it is in no handler.
  var signalMask: UInt64 = 0
  /// The sum of what the heap had counted when the worker last looked.
  var seenCallCount: UInt64 = 0
  /// Ticks for which that has not changed.
  var idleTickCount: UInt32 = 0
  /// Times since then that the heap could not be borrowed, because the thread was awake.
  var refusalCount: UInt32 = 0
  /// Whether all that could be given back was, since the heap was last in use.
  var isTrimmed = false

  /// The calling thread.
  static func current() -> HeapUser {
    var user = HeapUser()
    user.threadIdentifier = ace_thread_identifier()
    user.slot = ace_slot_address()
    user.signalMask = ace_signal_mask()
    return user
  }
}
