// SPDX-License-Identifier: MIT

import CACE

// The functions that programs know by the C library's names, under which exports.map and the linker's --defsym export them.
// errno and edge cases are glibc's.

@c(ace_malloc)
public func aceMalloc(_ byteCount: UInt) -> UnsafeMutableRawPointer? { allocate(byteCount) }

@c(ace_free)
public func aceFree(_ pointer: UnsafeMutableRawPointer?) { deallocate(pointer) }

@c(ace_free_sized)
public func aceFreeSized(_ pointer: UnsafeMutableRawPointer?, _ byteCount: UInt) { deallocate(pointer) }

@c(ace_free_aligned_sized)
public func aceFreeAlignedSized(_ pointer: UnsafeMutableRawPointer?, _ alignment: UInt, _ byteCount: UInt) {
  deallocate(pointer)
}

@c(ace_calloc)
public func aceCalloc(_ count: UInt, _ byteCount: UInt) -> UnsafeMutableRawPointer? {
  let (total, isTooMuch) = count.multipliedReportingOverflow(by: byteCount)
  return isTooMuch ? outOfMemory() : allocateZeroed(total)
}

@c(ace_realloc)
public func aceRealloc(_ pointer: UnsafeMutableRawPointer?, _ byteCount: UInt) -> UnsafeMutableRawPointer? {
  guard let pointer else { return allocate(byteCount) }
  guard byteCount != 0 else {
    // As glibc has it: realloc to nothing is free.
    deallocate(pointer)
    return nil
  }
  return reallocate(pointer, byteCount)
}

@c(ace_reallocarray)
public func aceReallocarray(_ pointer: UnsafeMutableRawPointer?, _ count: UInt, _ byteCount: UInt)
  -> UnsafeMutableRawPointer?
{
  let (total, isTooMuch) = count.multipliedReportingOverflow(by: byteCount)
  return isTooMuch ? outOfMemory() : aceRealloc(pointer, total)
}

@c(ace_malloc_usable_size)
public func aceMallocUsableSize(_ pointer: UnsafeMutableRawPointer?) -> UInt { usableByteCount(pointer) }
