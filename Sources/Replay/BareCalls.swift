// SPDX-License-Identifier: MIT

import Allocators

/// The time pass: the calls and nothing else.
struct BareCalls: CallPath {
  let functions: AllocatorFunctions

  @inline(__always)
  func malloc(_ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer? { functions.malloc(byteCount) }

  @inline(__always)
  func calloc(_ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer? { functions.calloc(1, byteCount) }

  @inline(__always)
  func realloc(_ block: UnsafeMutableRawPointer?, _ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer? {
    functions.realloc(block, byteCount)
  }

  @inline(__always)
  func aligned(_ alignment: Int, _ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer? {
    functions.alignedAlloc(alignment, byteCount)
  }

  @inline(__always)
  func free(_ block: UnsafeMutableRawPointer?, slot: Int) { functions.free(block) }
}
