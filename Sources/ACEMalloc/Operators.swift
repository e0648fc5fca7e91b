// SPDX-License-Identifier: MIT

import CACE

// C++'s operators. They could be left to libstdc++, which calls malloc; each call would then go through one more table.
// Where there is no memory libstdc++'s own take over: they call the new-handler, and throw what C++ code can catch.

private typealias New = @convention(c) (UInt) -> UnsafeMutableRawPointer?
private typealias AlignedNew = @convention(c) (UInt, UInt) -> UnsafeMutableRawPointer?
private typealias QuietNew = @convention(c) (UInt, UnsafeRawPointer?) -> UnsafeMutableRawPointer?
private typealias QuietAlignedNew = @convention(c) (UInt, UInt, UnsafeRawPointer?) -> UnsafeMutableRawPointer?

@c(ace_new)
public func aceNew(_ byteCount: UInt) -> UnsafeMutableRawPointer? { allocate(byteCount) ?? newFailed(byteCount) }

@c(ace_new_quiet)
public func aceNewQuiet(_ byteCount: UInt, _ tag: UnsafeRawPointer?) -> UnsafeMutableRawPointer? {
  allocate(byteCount) ?? quietNewFailed(byteCount, tag)
}

@c(ace_new_aligned)
public func aceNewAligned(_ byteCount: UInt, _ alignment: UInt) -> UnsafeMutableRawPointer? {
  allocate(byteCount, alignment: alignment) ?? alignedNewFailed(byteCount, alignment)
}

@c(ace_new_aligned_quiet)
public func aceNewAlignedQuiet(_ byteCount: UInt, _ alignment: UInt, _ tag: UnsafeRawPointer?)
  -> UnsafeMutableRawPointer?
{
  allocate(byteCount, alignment: alignment) ?? quietAlignedNewFailed(byteCount, alignment, tag)
}

@inline(never) private func newFailed(_ byteCount: UInt) -> UnsafeMutableRawPointer? {
  unsafeBitCast(standardOperator("_Znwm"), to: New.self)(byteCount)
}

@inline(never) private func quietNewFailed(_ byteCount: UInt, _ tag: UnsafeRawPointer?) -> UnsafeMutableRawPointer? {
  unsafeBitCast(standardOperator("_ZnwmRKSt9nothrow_t"), to: QuietNew.self)(byteCount, tag)
}

@inline(never) private func alignedNewFailed(_ byteCount: UInt, _ alignment: UInt) -> UnsafeMutableRawPointer? {
  unsafeBitCast(standardOperator("_ZnwmSt11align_val_t"), to: AlignedNew.self)(byteCount, alignment)
}

@inline(never) private func quietAlignedNewFailed(_ byteCount: UInt, _ alignment: UInt, _ tag: UnsafeRawPointer?)
  -> UnsafeMutableRawPointer?
{
  let function = standardOperator("_ZnwmSt11align_val_tRKSt9nothrow_t")
  return unsafeBitCast(function, to: QuietAlignedNew.self)(byteCount, alignment, tag)
}

/// libstdc++'s function of a name. A program that calls operators without it has nobody to throw.
private func standardOperator(_ name: StaticString) -> UnsafeMutableRawPointer {
  let text = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
  guard let function = ace_next_symbol(text) else { fatal("out of memory, and no C++ library to say so", 0) }
  return function
}
