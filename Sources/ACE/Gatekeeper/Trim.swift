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
