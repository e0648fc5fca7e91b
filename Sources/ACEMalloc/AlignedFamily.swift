// SPDX-License-Identifier: MIT

import CACE

// The aligned members of the malloc family.

@c(ace_posix_memalign)
public func acePosixMemalign(
  _ result: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ alignment: UInt, _ byteCount: UInt
) -> Int32 {
  guard isPowerOfTwo(alignment), alignment >= UInt(MemoryLayout<UInt>.size) else { return EINVAL }
  // The error is the value, and errno stays as it is.
  let error = ace_get_errno()
  guard let block = allocate(byteCount, alignment: alignment) else {
    ace_set_errno(error)
    return ENOMEM
  }
  result.pointee = block
  return 0
}

/// As glibc has it: an alignment that is no power of two is rounded up to the next.
@c(ace_memalign)
public func aceMemalign(_ alignment: UInt, _ byteCount: UInt) -> UnsafeMutableRawPointer? {
  if isPowerOfTwo(alignment) { return allocate(byteCount, alignment: alignment) }
  guard alignment <= Layout.blockLimit / 2 else {
    ace_set_errno(EINVAL)
    return nil
  }
  var rounded: UInt = 1
  while rounded < alignment { rounded <<= 1 }
  return allocate(byteCount, alignment: rounded)
}

@c(ace_valloc)
public func aceValloc(_ byteCount: UInt) -> UnsafeMutableRawPointer? {
  allocate(byteCount, alignment: Layout.pageByteCount)
}

@c(ace_pvalloc)
public func acePvalloc(_ byteCount: UInt) -> UnsafeMutableRawPointer? {
  guard byteCount <= Layout.blockLimit &- Layout.pageByteCount else { return outOfMemory() }
  return allocate(Layout.roundUp(byteCount, to: Layout.pageByteCount), alignment: Layout.pageByteCount)
}

private func isPowerOfTwo(_ value: UInt) -> Bool { value != 0 && value & (value &- 1) == 0 }
