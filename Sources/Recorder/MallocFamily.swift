// SPDX-License-Identifier: MIT

import CRecorder

// The functions that programs call in place of the C library's, exported under its names by exports.map and
// the linker's --defsym. Each calls the allocator that is next in line and records what it did: an allocation after it
// was made, a free before it is. A block can then be handed out again only with a later stamp than its free.

@c(recorder_malloc)
public func recorderMalloc(_ size: Int) -> UnsafeMutableRawPointer? {
  let block = recorder_next.malloc(size)
  recordAllocation(.malloc, block, size: size)
  return block
}

@c(recorder_calloc)
public func recorderCalloc(_ count: Int, _ size: Int) -> UnsafeMutableRawPointer? {
  let block = recorder_next.calloc(count, size)
  recordAllocation(.calloc, block, size: count &* size)
  return block
}

@c(recorder_free)
public func recorderFree(_ block: UnsafeMutableRawPointer?) {
  guard let block else { return }
  recordFree(block)
  recorder_next.free(block)
}

@c(recorder_free_sized)
public func recorderFreeSized(_ block: UnsafeMutableRawPointer?, _ size: Int) { recorderFree(block) }

@c(recorder_free_aligned_sized)
public func recorderFreeAlignedSized(_ block: UnsafeMutableRawPointer?, _ alignment: Int, _ size: Int) {
  recorderFree(block)
}

@c(recorder_realloc)
public func recorderRealloc(_ block: UnsafeMutableRawPointer?, _ size: Int) -> UnsafeMutableRawPointer? {
  reallocate(block, size)
}

// Inlined into what is exported, so that the frame of a call is always that of an exported function.
@inline(__always)
private func reallocate(_ block: UnsafeMutableRawPointer?, _ size: Int) -> UnsafeMutableRawPointer? {
  guard let block else {
    let new = recorder_next.realloc(nil, size)
    recordAllocation(.malloc, new, size: size)
    return new
  }
  guard size != 0 else {
    // Some allocators free the block, others put the smallest one in its place.
    recordFree(block)
    let new = recorder_next.realloc(block, 0)
    recordAllocation(.malloc, new, size: 0)
    return new
  }
  let wasRecorded = recordReallocOut(block)
  let new = recorder_next.realloc(block, size)
  recordReallocIn(new, former: block, size: size, wasRecorded: wasRecorded, frame: recorder_frame())
  return new
}

@c(recorder_reallocarray)
public func recorderReallocarray(_ block: UnsafeMutableRawPointer?, _ count: Int, _ size: Int)
  -> UnsafeMutableRawPointer?
{
  let (byteCount, overflows) = UInt(bitPattern: count).multipliedReportingOverflow(by: UInt(bitPattern: size))
  guard !overflows else {
    recorder_errno_set(ENOMEM)
    return nil
  }
  return reallocate(block, Int(bitPattern: byteCount))
}

@c(recorder_memalign)
public func recorderMemalign(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer? { align(alignment, size) }

@inline(__always)
private func align(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer? {
  let block = recorder_next.memalign(alignment, size)
  recordAllocation(.aligned, block, size: size, alignment: alignment)
  return block
}

@c(recorder_posix_memalign)
public func recorderPosixMemalign(
  _ result: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ alignment: Int, _ size: Int
) -> Int32 {
  let isPowerOfTwo = alignment > 0 && alignment & (alignment &- 1) == 0
  guard isPowerOfTwo, alignment >= MemoryLayout<UnsafeRawPointer>.size else { return EINVAL }
  let formerErrno = recorder_errno_get()
  let block = recorder_next.memalign(alignment, size)
  guard let block else {
    recorder_errno_set(formerErrno)
    return ENOMEM
  }
  recordAllocation(.aligned, block, size: size, alignment: alignment)
  result.pointee = block
  return 0
}

@c(recorder_valloc)
public func recorderValloc(_ size: Int) -> UnsafeMutableRawPointer? {
  align(pageByteCount(), size)
}

@c(recorder_pvalloc)
public func recorderPvalloc(_ size: Int) -> UnsafeMutableRawPointer? {
  let page = UInt(bitPattern: pageByteCount())
  let (padded, overflows) = UInt(bitPattern: size).addingReportingOverflow(page - 1)
  guard !overflows else {
    recorder_errno_set(ENOMEM)
    return nil
  }
  return align(pageByteCount(), Int(bitPattern: padded & ~(page - 1)))
}

private func pageByteCount() -> Int { Int(getpagesize()) }
