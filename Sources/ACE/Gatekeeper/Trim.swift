// SPDX-License-Identifier: MIT

/// Gives back to the system what neither the calling thread nor the shared pools need; whether that was anything.
func trim() -> Bool {
  let heap = HeapPointer.ofThread
  if !heap.isEmpty { heap.flush() }
  let slabs = SuperslabPool.trim()
  let superslabs = MidPool.trim()
  let runs = LargeHeap.trim()
  return slabs || superslabs || runs
}

/// Where a limit on the process leaves no memory: unmaps empty superslabs, and the large region's end where it is free, so
/// that blocks of other sizes may have the memory. Whether there was anything.
func makeRoom(for byteCount: UInt) -> Bool {
  guard byteCount < Span.byteCount else { return false }
  let heap = HeapPointer.ofThread
  if !heap.isEmpty { heap.flush() }
  HeapRegistry.flushDormantHeaps()
  let slabs = SuperslabPool.shrink()
  let superslabs = MidPool.shrink()
  let runs = LargeHeap.shrink()
  return slabs || superslabs || runs
}
