// SPDX-License-Identifier: MIT

import CACE

// C++'s operators new. They could be left to libstdc++, which calls malloc; each call would then go through one more table. What
// is beyond the hot path is C, in CACE/Operators.c, because it may throw.

@c(ace_new)
public func aceNew(_ byteCount: UInt) -> UnsafeMutableRawPointer? {
  if let block = allocateHot(byteCount) { return block }
  return ace_new_slowly(Int(bitPattern: byteCount))
}

@c(ace_new_quiet)
public func aceNewQuiet(_ byteCount: UInt, _ tag: UnsafeRawPointer?) -> UnsafeMutableRawPointer? {
  if let block = allocateHot(byteCount) { return block }
  return ace_new_quiet_slowly(Int(bitPattern: byteCount), tag)
}
