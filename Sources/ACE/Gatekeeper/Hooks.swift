// SPDX-License-Identifier: MIT

import CACE

// What the C library and CACE call.

/// The destructor of ACE's key: the thread ends. Destructors of other keys may still allocate; each such call borrows a heap.
@c(ace_thread_ended)
public func aceThreadEnded(_ heap: UnsafeMutableRawPointer) {
  HeapRegistry.detach(heap.assumingMemoryBound(to: Heap.self))
}

/// The program's last moments: destructors of other libraries may still allocate after this.
@c(ace_finish)
public func aceFinish() {
  if Settings.reportsAtExit { Report.write(to: 2) }
}

// A forked child has the forking thread only. All locks are taken before, so that what they guard is whole in the child;
// there they are made anew, because they may know the thread that holds them.

@c(ace_before_fork)
public func aceBeforeFork() { Locks.forEach { ace_take($0) } }

@c(ace_after_fork_in_parent)
public func aceAfterForkInParent() { Locks.forEach { ace_give($0) } }

@c(ace_after_fork_in_child)
public func aceAfterForkInChild() {
  Locks.forEach { ace_reset($0) }
  HeapRegistry.forgetOtherThreads()
  Worker.forget()
  Engine.forget()
}

@c(ace_run_worker)
public func aceRunWorker() { Worker.run() }

private enum Locks {
  @inline(__always) static func forEach(_ body: (ace_lock_index) -> Void) {
    var index: UInt32 = 0
    while index < ACE_LOCK_COUNT.rawValue {
      body(ace_lock_index(rawValue: index))
      index += 1
    }
  }
}

// For CACE/Operators.c.

@c(ace_allocate_slowly)
public func aceAllocateSlowly(_ byteCount: UInt) -> UnsafeMutableRawPointer? { allocateSlowly(byteCount) }

@c(ace_allocate_aligned)
public func aceAllocateAligned(_ byteCount: UInt, _ alignment: UInt) -> UnsafeMutableRawPointer? {
  allocate(byteCount, alignment: alignment)
}
