// SPDX-License-Identifier: MIT

import CACE

/// Looking after memory that is not used: threads do it for their own heap as they go, the worker for all.
enum Upkeep {
  /// The least time between two ticks.
  nonisolated(unsafe) static var tickMilliseconds: UInt64 = 10
  /// Ticks without any slow call after which a heap counts as idle.
  nonisolated(unsafe) static var idleTickCount: UInt32 = 20

  // Chosen: slow calls between two looks at the clock. A refill is some 50 ns: that is a look every 50 us at most.
  @inline(__always) private static var callsBetweenLooks: UInt64 { 1024 }

  private(set) nonisolated(unsafe) static var tickCount: UInt64 = 0
  /// When the shared pools were last looked after.
  private nonisolated(unsafe) static var lastSharedTick: UInt64 = 0

  // Chosen: a large block is rarer, and more is at stake.
  @inline(__always) private static var largeCallWeight: UInt64 { 64 }

  /// Takes note of a call for so many bytes that the front could not serve. By the thread that uses the heap.
  @inline(__always) static func noteSlowCall(_ heap: HeapPointer, _ byteCount: UInt) {
    let before = heap.pointee.activity.slowCallCount
    let after = before &+ (byteCount > Layout.midLimit ? largeCallWeight : 1)
    heap.pointee.activity.slowCallCount = after
    if before / callsBetweenLooks != after / callsBetweenLooks { look(heap) }
  }

  @inline(never) private static func look(_ heap: HeapPointer) {
    let error = ace_get_errno()
    defer { ace_set_errno(error) }
    PolicyClock.advance(by: tickMilliseconds)
    Engine.observe(heap)
    let now = PolicyClock.now()
    // Not only at a tick: a program may take all that it needs in one, and sleep.
    if !Worker.isRunning { Worker.begin(byNewThread: false) }
    guard now &- heap.pointee.activity.lastTick >= tickMilliseconds else { return }
    heap.pointee.activity.lastTick = now
    heap.lookAfterClasses()
    tickShared(now)
  }

  /// What one thread does for all when it is due: aged memory of the pools, heaps that nobody uses, the engine.
  static func tickShared(_ now: UInt64) {
    // Who is at it does it for all: nobody waits for the trim of a heap that somebody else has begun.
    guard ace_try(ACE_LOCK_ENGINE) else { return }
    defer { ace_give(ACE_LOCK_ENGINE) }
    // Another thread may have looked at the clock later, and been here before.
    guard now >= lastSharedTick &+ tickMilliseconds else { return }
    lastSharedTick = now
    tickCount &+= 1
    SuperslabPool.tick(now)
    LargeHeap.tick()
    // The worker looks at the heaps itself, and twice would be two ticks.
    if Switch.idleTrim.isOn, !Worker.isRunning { HeapRegistry.trimIdle(asleep: false, ticks: 1) }
    Engine.tick(now)
  }

  /// What was taken from the shared pools when that was last looked at, and ticks since it changed. By the worker.
  private nonisolated(unsafe) static var seenDemand: UInt64 = 0
  private nonisolated(unsafe) static var idlePoolTickCount: UInt64 = 0

  /// Gives back what the shared pools keep for the next who needs it, when nobody has for long enough.
  static func trimIdlePools(ticks: UInt64) {
    let demand = SuperslabPool.claimCount &+ MidPool.claimCount &+ LargeHeap.allocationCount
    idlePoolTickCount = demand == seenDemand ? idlePoolTickCount &+ ticks : 0
    seenDemand = demand
    guard Switch.idleTrim.isOn, idlePoolTickCount >= UInt64(idleTickCount) else { return }
    _ = SuperslabPool.trim()
    _ = MidPool.trim()
    if LargeHeap.cachedUnitCount > 0 { _ = LargeHeap.trim() }
  }
}
