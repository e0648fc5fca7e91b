// SPDX-License-Identifier: MIT

import CACE

// What the C library and CACE call.

/// The destructor of ACE's key: the thread ends. Destructors of other keys may still allocate, which attaches a heap again,
/// whose destructor then runs in the next of the four rounds that POSIX has.
@c(ace_thread_ended)
public func aceThreadEnded(_ heap: UnsafeMutableRawPointer) {
  HeapRegistry.detach(heap.assumingMemoryBound(to: Heap.self))
}
