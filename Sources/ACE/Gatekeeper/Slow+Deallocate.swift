// SPDX-License-Identifier: MIT

import CACE

// Frees beyond the hot path. The route of a block follows from its address, and nothing else.

/// Frees what is not a tiny block in its usual place: mid, large, huge, nil, not ACE's; or tiny in a span that is elsewhere.
@inline(never) func deallocateElsewhere(_ pointer: UnsafeMutableRawPointer?) {
  guard let pointer else { return }
  let address = pointer.address
  let heap = HeapPointer.ofThread
  let isMid = Span.mid.contains(address)
  if isMid, MidSuperslab.containing(address).pointee.owner == heap { return heap.pointee.mid.deallocate(address) }
  if Gate.guardsThread { return Gate.takeBlock(pointer) }
  if isMid {
    let superslab = MidSuperslab.containing(address)
    return post(pointer.block, to: superslab.remoteQueue, key: address >> Layout.superslabShift, heap) {
      MidHeap.usableByteCount(address)
    }
  }
  if Span.tiny.contains(address) { return deallocateTiny(pointer.block) }
  // free leaves errno as it is (POSIX 2024), whatever the system calls in its way do.
  let error = ace_get_errno()
  if Span.large.contains(address) {
    LargeHeap.deallocate(address)
  } else if !HugeHeap.deallocate(address) {
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

/// Frees a tiny block, whose slab's countdown has ended with it.
@inline(never) func deallocatedLast(_ block: BlockPointer) {
  let error = ace_get_errno()
  HeapPointer.ofThread.countedDown(Slab(containing: block.address))
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
