// SPDX-License-Identifier: MIT

import Allocators

/// The memory pass: calls that are entered into a `MemoryMeter`.
struct AccountedCalls: CallPath {
  let functions: AllocatorFunctions
  let meter: UnsafePointer<MemoryMeter>

  func malloc(_ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer? {
    open(functions.malloc(byteCount), byteCount, slot)
  }

  func calloc(_ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer? {
    open(functions.calloc(1, byteCount), byteCount, slot)
  }

  func realloc(_ block: UnsafeMutableRawPointer?, _ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer? {
    if block != nil { meter.pointee.close(slot: slot) }
    return open(functions.realloc(block, byteCount), byteCount, slot)
  }

  func aligned(_ alignment: Int, _ byteCount: Int, slot: Int) -> UnsafeMutableRawPointer? {
    open(functions.alignedAlloc(alignment, byteCount), byteCount, slot)
  }

  func free(_ block: UnsafeMutableRawPointer?, slot: Int) {
    if block != nil { meter.pointee.close(slot: slot) }
    functions.free(block)
    meter.pointee.count()
  }

  private func open(_ block: UnsafeMutableRawPointer?, _ byteCount: Int, _ slot: Int) -> UnsafeMutableRawPointer? {
    if let block {
      meter.pointee.open(
        slot: slot, requestedByteCount: byteCount, usableByteCount: functions.usableSize?(block) ?? byteCount)
    }
    meter.pointee.count()
    return block
  }
}
