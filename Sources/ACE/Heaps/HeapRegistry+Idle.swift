// SPDX-License-Identifier: MIT

import CACE

// Heaps that are not in use: dormant ones, and those of threads that sleep.
extension HeapRegistry {
  /// Looks at every heap once, so many ticks after it last did, and gives back what those have that were idle for long enough:
  /// dormant ones, and, where `asleep`, those of sleeping threads. Returns whether every heap is idle.
  ///
  /// The lock is held for a few milliseconds at a time, so that a thread that begins or wakes up waits no longer.
  @discardableResult
  static func trimIdle(asleep: Bool, ticks: UInt32) -> Bool {
    var allAreIdle = true
    ace_take(ACE_LOCK_HEAPS)
    var next = firstOfAll
    while let heap = next {
      // Heaps are never taken out of the list.
      next = heap.pointee.nextOfAll
      let idleTicks = heap.noteIdleTicks(ticks)
      if idleTicks < Upkeep.idleTickCount {
        allAreIdle = false
      } else if !heap.pointee.user.isTrimmed, Switch.idleTrim.isOn, heap.isToBeAsked(idleTicks) {
        trim(heap, asleep: asleep)
      }
    }
    ace_give(ACE_LOCK_HEAPS)
    return allAreIdle
  }

  /// Gives back what a heap has; with the lock held, which others get between two parts of the work.
  private static func trim(_ heap: HeapPointer, asleep: Bool) {
    var next: Int? = 1
    while let number = next {
      if heap.pointee.isDormant {
        next = heap.trim(from: number)
      } else {
        guard asleep else { return }
        guard SleepingThread.borrow(heap, { next = $0.trim(from: number) }) else {
          heap.pointee.user.refusalCount &+= 1
          return
        }
      }
      ace_give(ACE_LOCK_HEAPS)
      ace_take(ACE_LOCK_HEAPS)
    }
    heap.pointee.user.isTrimmed = true
  }
}

extension UnsafeMutablePointer<Heap> {
  /// A thread that is awake and lives by its lists is asked again after twice and four times as long, and then at every look.
  fileprivate func isToBeAsked(_ idleTicks: UInt32) -> Bool {
    UInt64(idleTicks) >= UInt64(Upkeep.idleTickCount) << UInt64(min(pointee.user.refusalCount, 2))
  }

  /// Ticks for which the heap has made no slow call; with the heaps' lock held.
  fileprivate func noteIdleTicks(_ ticks: UInt32) -> UInt32 {
    let mid = pointee.mid.allocationCount &+ pointee.mid.liveUnitCount
    let count = pointee.activity.slowCallCount &+ pointee.activity.countdownCount &+ mid
    // What others have freed meanwhile waits in the inbox of a heap that does not look.
    let hasMail = ace_load(inbox) != 0 && pointee.user.isTrimmed
    if count != pointee.user.seenCallCount || hasMail {
      pointee.user.seenCallCount = count
      pointee.user.idleTickCount = 0
      pointee.user.refusalCount = 0
      pointee.user.isTrimmed = false
    } else {
      let (sum, isTooMuch) = pointee.user.idleTickCount.addingReportingOverflow(ticks)
      pointee.user.idleTickCount = isTooMuch ? .max : sum
    }
    return pointee.user.idleTickCount
  }
}
