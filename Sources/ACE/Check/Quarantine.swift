// SPDX-License-Identifier: MIT

import CACE

/// The blocks freed last: they are not used again before as many more have been freed, so that a second free of one is told
/// from a free of what has taken its place.
enum Quarantine {
  // Chosen: 16 KiB of pointers; blocks larger than a page would keep too much memory.
  private static let capacity = 2048
  private static let greatestByteCount: UInt = 4096
  private nonisolated(unsafe) static var blocks = InlineArray<2048, UnsafeMutableRawPointer?>(repeating: nil)
  private nonisolated(unsafe) static var position = 0

  /// Takes a block in; the one that has been there longest, or the block itself when it does not belong here, may be used
  /// again. nil while there is room.
  static func exchange(_ block: UnsafeMutableRawPointer, _ usable: UInt) -> UnsafeMutableRawPointer? {
    if usable > greatestByteCount { return block }
    ace_take(ACE_LOCK_QUARANTINE)
    defer { ace_give(ACE_LOCK_QUARANTINE) }
    let released = blocks[unchecked: position]
    blocks[unchecked: position] = block
    position = (position + 1) % capacity
    return released
  }
}
