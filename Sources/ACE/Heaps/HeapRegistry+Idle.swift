// SPDX-License-Identifier: MIT

import CACE

// Heaps that are not in use: dormant ones, and those of threads that sleep.
extension HeapRegistry {
  /// Looks at every heap once, so many ticks after it last did, and gives back what those have that were idle for long enough:
  /// dormant ones, and, where `asleep`, those of sleeping threads. Returns whether every heap is idle.
  ///
  /// The lock is held for one heap at a time, so that a thread that begins or wakes up waits for one heap's trim at most.
  @discardableResult
  static func trimIdle(asleep: Bool, ticks: UInt32) -> Bool {
    var allAreIdle = true
    ace_take(ACE_LOCK_HEAPS)
    var next = firstOfAll
    while let heap = next {
      next = heap.pointee.nextOfAll
      if heap.noteIdleTicks(ticks) < Upkeep.idleTickCount {
        allAreIdle = false
      } else if !heap.pointee.user.isTrimmed, Switch.idleTrim.isOn {
        if !trim(heap, asleep: asleep) { allAreIdle = false }
        ace_give(ACE_LOCK_HEAPS)
        // Heaps are never taken out of the list.
        ace_take(ACE_LOCK_HEAPS)
      }
    }
    ace_give(ACE_LOCK_HEAPS)
    return allAreIdle
  }

  /// Whether the heap was idle after all.
  private static func trim(_ heap: HeapPointer, asleep: Bool) -> Bool {
    if heap.pointee.isDormant {
      heap.trim()
      heap.pointee.user.isTrimmed = true
    } else if asleep {
      heap.pointee.user.isTrimmed = SleepingThread.borrow(heap) { $0.trim() }
      // A thread that is awake lives by its lists, and is asked again after as long.
      if !heap.pointee.user.isTrimmed { heap.pointee.user.idleTickCount = 0 }
      return heap.pointee.user.isTrimmed
    }
    return true
  }
}

extension UnsafeMutablePointer<Heap> {
  /// Ticks for which the heap has made no slow call; by the worker, with the heaps' lock held.
  fileprivate func noteIdleTicks(_ ticks: UInt32) -> UInt32 {
    let mid = pointee.mid.allocationCount &+ pointee.mid.liveUnitCount
    let count = pointee.activity.slowCallCount &+ pointee.activity.countdownCount &+ mid
    // What others have freed meanwhile waits in the inbox of a heap that does not look.
    let hasMail = ace_load(inbox) != 0 && pointee.user.isTrimmed
    if count != pointee.user.seenCallCount || hasMail {
      pointee.user.seenCallCount = count
      pointee.user.idleTickCount = 0
      pointee.user.isTrimmed = false
    } else {
      let (sum, isTooMuch) = pointee.user.idleTickCount.addingReportingOverflow(ticks)
      pointee.user.idleTickCount = isTooMuch ? .max : sum
    }
    return pointee.user.idleTickCount
  }
}
