// SPDX-License-Identifier: MIT

import CFloor
import CLinux

/// `null`: the cheapest thing that answers like an allocator, so that what remains is the cost of the harness.
///
/// Small blocks are cut in turn from a ring per thread and free does nothing; blocks past the ring's half all begin at
/// one reserved region. Blocks overlap by design: contents mean nothing, nothing is copied or zeroed.
enum FloorAllocator {
  /// Where a small block may begin; one is at most as large, so that it ends inside the ring.
  fileprivate static let smallLimit = Int(FLOOR_RING_BYTE_COUNT) / 2
  /// More than any request that a program with this machine's memory could have touched.
  private static let largeRegionByteCount = 1 << 42

  nonisolated(unsafe) fileprivate static var largeRegion: UnsafeMutableRawPointer?

  /// Reserves the region for large blocks; false when the address space is limited.
  static func prepare() -> Bool {
    largeRegion = linux_map_anonymous(largeRegionByteCount, MAP_NORESERVE)
    return largeRegion != nil
  }

  static let functions = AllocatorFunctions(
    malloc: floorMalloc,
    calloc: { floorMalloc($0 &* $1) },
    realloc: { block, size in size <= smallLimit ? block ?? floorMalloc(size) : largeRegion },
    alignedAlloc: { alignment, size in
      alignment <= 64 && size <= smallLimit ? UnsafeMutableRawPointer(floor_ring_get()) : largeRegion
    },
    free: floorFree,
    usableSize: nil)
}

// C functions rather than closures: a closure is reached through a second function.

@c(acebench_floor_malloc)
private func floorMalloc(_ size: Int) -> UnsafeMutableRawPointer? {
  guard size <= FloorAllocator.smallLimit else { return FloorAllocator.largeRegion }
  let cursor = floor_cursor_get()
  floor_cursor_set((cursor &+ ((size &+ 15) & ~15)) & (FloorAllocator.smallLimit &- 1))
  return UnsafeMutableRawPointer(floor_ring_get()) + cursor
}

@c(acebench_floor_free)
private func floorFree(_ block: UnsafeMutableRawPointer?) {}
