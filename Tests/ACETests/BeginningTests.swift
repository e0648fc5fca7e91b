// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

@Suite("The first calls of a process") struct BeginningTests {
  /// What has to be done once is done once, and before the first block of whichever thread.
  @Test func manyThreadsBeginAtOnce() async {
    await #expect(processExitsWith: .success) {
      let threadCount = 8
      try demand(Span.byteCount == 0 && HeapRegistry.count == 0, "ACE has begun before its first block")
      nonisolated(unsafe) var barrier = pthread_barrier_t()
      pthread_barrier_init(&barrier, nil, UInt32(threadCount))
      try TestThread.run(count: threadCount) { _ in
        pthread_barrier_wait(&barrier)
        let first = try TestThread.block(48)
        try demand(Span.tiny.contains(first.address), "the first block is not in the span")
        let heap = HeapPointer.ofThread
        try demand(!heap.isEmpty, "the thread has no heap")
        try demand(Slab(containing: first.address).record.pointee.owner == heap, "the block is another's")
        pthread_barrier_wait(&barrier)
        deallocate(first)
        try HeapLaw.checkEmpty(heap)
      }
      try demand(HeapRegistry.count == UInt64(threadCount), "\(HeapRegistry.count) heaps for \(threadCount) threads")
      try demand(HeapRegistry.dormantCount == UInt64(threadCount), "\(HeapRegistry.dormantCount) heaps are dormant")
    }
  }

  /// Before the first block there is nothing to free: whatever is freed is left alone.
  @Test func freeingComesBeforeEverything() async {
    await #expect(processExitsWith: .success) {
      let foreign = malloc(100)
      deallocate(nil)
      deallocate(foreign)
      try demand(usableByteCount(foreign) == 0 && usableByteCount(nil) == 0, "a foreign block has a size")
      try demand(Foreign.freeCount == 1, "\(Foreign.freeCount) foreign frees")
      try demand(HeapPointer.ofThread.isEmpty && HeapRegistry.count == 0, "a heap was made")
      free(foreign)
      // A foreign block can be resized: its contents move.
      guard let text = strdup("from elsewhere"), let moved = reallocate(text, 64) else {
        throw Finding(description: "no memory")
      }
      try demand(memcmp(moved, text, 15) == 0, "contents are lost")
      try demand(usableByteCount(moved) >= 64, "too short")
    }
  }
}
