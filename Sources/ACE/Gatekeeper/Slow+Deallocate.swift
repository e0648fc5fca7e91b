// SPDX-License-Identifier: MIT

import CACE

// Frees beyond the hot path. The route of a block follows from its address, and nothing else.
//
// A call reads the thread's slot once and hands on what it read: between two reads the worker may have begun or ended to borrow
// the heap of a thread that has just woken up (SleepingThread), and the slot's empty heap must not be used as one.

/// Frees what is not a tiny block in its usual place. The thread's own mid blocks come first: they are the most.
@inline(never) func deallocateElsewhere(_ pointer: UnsafeMutableRawPointer?) {
  let address = UInt(bitPattern: pointer)
  let heap = HeapPointer.ofThread
  guard Span.mid.contains(address), MidSuperslab.isOwned(address, by: heap) else { return deallocateFarther(pointer) }
  if !heap.pointee.mid.keepRecent(address) { deallocateRun(address, heap) }
}

/// Joins a mid block of the thread's with its neighbours.
@inline(never) private func deallocateRun(_ address: UInt, _ heap: HeapPointer) {
  let error = ace_get_errno()
  heap.pointee.mid.deallocateRun(address)
  ace_set_errno(error)
}

/// Frees mid blocks of other heaps, large and huge ones, nil, what is not ACE's; and tiny ones in a span that is elsewhere.
@inline(never) private func deallocateFarther(_ pointer: UnsafeMutableRawPointer?) {
  guard let pointer else { return }
  if Gate.guardsThread { return Gate.takeBlock(pointer) }
  let address = pointer.address
  if Span.mid.contains(address) {
    let superslab = MidSuperslab.containing(address)
    return post(pointer.block, to: superslab.remoteQueue, key: address >> Layout.superslabShift, .ofThread) {
      MidHeap.usableByteCount(address)
    }
  }
  if Span.tiny.contains(address) { return deallocateTiny(pointer.block) }
  // free leaves errno as it is (POSIX 2024), whatever the system calls in its way do.
  let error = ace_get_errno()
  if Span.large.contains(address) {
    LargeHeap.deallocate(address)
  } else if !HugeHeap.deallocate(address) {
    // With the gate on it was a live block a moment ago: another thread has freed it meanwhile.
    if Gate.isOn { Diagnosis.report(address) }
    Foreign.noteFree()
  }
  ace_set_errno(error)
}

/// Frees a tiny block of another heap's slab.
@inline(never) func deallocateRemotely(_ block: BlockPointer) {
  if Gate.guardsThread { return Gate.takeBlock(block.raw) }
  let slab = Slab(containing: block.address)
  post(block, to: slab.remoteQueue, key: slab.number, .ofThread) { slab.sizeClass.blockByteCount }
}

/// Frees a tiny block of the thread's heap, whose slab's countdown has ended with it.
@inline(never) func deallocatedLast(_ block: BlockPointer, _ heap: HeapPointer) {
  let error = ace_get_errno()
  heap.countedDown(Slab(containing: block.address))
  ace_set_errno(error)
}

@inline(__always) private func post(
  _ block: BlockPointer, to queue: RemoteQueuePointer, key: UInt, _ heap: HeapPointer, byteCount: () -> UInt
) {
  if heap.isEmpty {
    // A thread that only frees, or that is ending: it gets no heap for this.
    queue.post(first: block, last: block, count: 1)
  } else {
    heap.pointee.outbox.add(block, to: queue, key: key, byteCount: UInt32(truncatingIfNeeded: byteCount()))
  }
}
