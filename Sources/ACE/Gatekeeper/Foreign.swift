// SPDX-License-Identifier: MIT

import CACE

/// Pointers that ACE never gave out: those of the dynamic linker's first moments, another allocator's, mistakes.
enum Foreign {
  private(set) nonisolated(unsafe) static var freeCount: UInt64 = 0

  /// A foreign block is left alone: whose it is cannot be known, and nothing of ACE's is at stake.
  static func noteFree() { freeCount &+= 1 }

  /// Copies a foreign block of unknown size: its first `byteCount` bytes, or as many of them as can be read. False when none
  /// can, or when the process may not ask the system for it.
  static func copy(from source: UnsafeMutableRawPointer, to block: UnsafeMutableRawPointer, byteCount: UInt) -> Bool {
    let error = ace_get_errno()
    var done: UInt = 0
    while done < byteCount {
      // By pages, as what can be read ends at the end of one.
      let step = min(byteCount &- done, Layout.pageByteCount &- (source.address &+ done) % Layout.pageByteCount)
      guard ace_copy_if_readable(block + Int(done), source + Int(done), Int(step)) else { break }
      done &+= step
    }
    ace_set_errno(error)
    return done > 0
  }
}
