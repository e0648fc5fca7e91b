// SPDX-License-Identifier: MIT

import CRecorder

/// Blocks for calls that come before the allocator is known. They are never used again, and known by their address.
enum BootstrapArena {
  private nonisolated(unsafe) static var usedByteCount = 0
  nonisolated(unsafe) static var realFree: @convention(c) (UnsafeMutableRawPointer?) -> Void = __libc_free
  nonisolated(unsafe) static var realRealloc:
    @convention(c) (UnsafeMutableRawPointer?, Int) -> UnsafeMutableRawPointer? = __libc_realloc

  static var isUsed: Bool { usedByteCount > 0 }

  static func contains(_ block: UnsafeMutableRawPointer) -> Bool {
    let distance = UInt(bitPattern: block) &- UInt(bitPattern: recorder_arena_start())
    return distance < UInt(RECORDER_ARENA_BYTE_COUNT)
  }

  /// A zeroed block, or nil when the arena is full.
  static func allocate(_ size: Int, alignment: Int) -> UnsafeMutableRawPointer? {
    let start = UInt(bitPattern: recorder_arena_start())
    let mask = UInt(max(alignment, 16)) - 1
    let block = (start + UInt(usedByteCount) + mask) & ~mask
    let end = block - start + UInt(max(size, 1))
    guard size >= 0, end <= UInt(RECORDER_ARENA_BYTE_COUNT) else { return nil }
    usedByteCount = Int(end)
    return UnsafeMutableRawPointer(bitPattern: block)
  }

  static func reallocate(_ block: UnsafeMutableRawPointer?, _ size: Int) -> UnsafeMutableRawPointer? {
    guard let new = allocate(size, alignment: 16) else { return nil }
    if let block { copy(block, to: new, byteCount: size) }
    return new
  }

  /// Copies at most what lies between the two: the size of an arena block is not kept, and later blocks follow it.
  static func copy(_ block: UnsafeMutableRawPointer, to new: UnsafeMutableRawPointer, byteCount: Int) {
    let end = recorder_arena_start() + usedByteCount
    new.copyMemory(from: block, byteCount: min(byteCount, end - block))
  }
}

@c(recorder_arena_free)
public func recorderArenaFree(_ block: UnsafeMutableRawPointer?) {
  guard let block, !BootstrapArena.contains(block) else { return }
  BootstrapArena.realFree(block)
}

@c(recorder_arena_realloc)
public func recorderArenaRealloc(_ block: UnsafeMutableRawPointer?, _ size: Int) -> UnsafeMutableRawPointer? {
  guard let block, BootstrapArena.contains(block) else { return BootstrapArena.realRealloc(block, size) }
  guard let new = recorder_next.malloc(size) else { return nil }
  BootstrapArena.copy(block, to: new, byteCount: size)
  return new
}
