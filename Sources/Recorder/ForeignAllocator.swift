// SPDX-License-Identifier: MIT

import CRecorder

/// An allocator other than glibc's that is next in line. It may call the malloc family by its public names, which are
/// ours; the thread is muted meanwhile, so that a call is recorded once.
enum ForeignAllocator {
  private nonisolated(unsafe) static var real = recorder_allocator(
    malloc: __libc_malloc, calloc: __libc_calloc, realloc: __libc_realloc, memalign: __libc_memalign,
    free: __libc_free)
  private nonisolated(unsafe) static var posixMemalign: recorder_posix_memalign_function?

  /// The functions to call for the allocator whose malloc was found; nil when some are missing.
  static func resolve(malloc: UnsafeMutableRawPointer) -> recorder_allocator? {
    guard let calloc = nextSymbol("calloc"), let realloc = nextSymbol("realloc"),
      let aligned = nextSymbol("posix_memalign"), let free = nextSymbol("free")
    else { return nil }
    real.malloc = unsafeBitCast(malloc, to: (@convention(c) (Int) -> UnsafeMutableRawPointer?).self)
    real.calloc = unsafeBitCast(calloc, to: (@convention(c) (Int, Int) -> UnsafeMutableRawPointer?).self)
    real.realloc = unsafeBitCast(
      realloc, to: (@convention(c) (UnsafeMutableRawPointer?, Int) -> UnsafeMutableRawPointer?).self)
    real.free = unsafeBitCast(free, to: (@convention(c) (UnsafeMutableRawPointer?) -> Void).self)
    posixMemalign = unsafeBitCast(aligned, to: recorder_posix_memalign_function.self)
    return recorder_allocator(
      malloc: { size in ForeignAllocator.muted { ForeignAllocator.real.malloc(size) } },
      calloc: { count, size in ForeignAllocator.muted { ForeignAllocator.real.calloc(count, size) } },
      realloc: { block, size in ForeignAllocator.muted { ForeignAllocator.real.realloc(block, size) } },
      memalign: { alignment, size in ForeignAllocator.muted { ForeignAllocator.memalign(alignment, size) } },
      free: { block in ForeignAllocator.muted { ForeignAllocator.real.free(block) } })
  }

  @inline(__always)
  private static func muted<Result>(_ body: () -> Result) -> Result {
    let thread = recorder_thread_get()
    recorder_thread_set(recorder_thread_muted())
    defer { recorder_thread_set(thread) }
    return body()
  }

  /// memalign by the one aligned function that every allocator has.
  private static func memalign(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer? {
    var block: UnsafeMutableRawPointer?
    guard let posixMemalign else { return nil }
    let failure = posixMemalign(&block, max(alignment, MemoryLayout<UnsafeRawPointer>.size), size)
    guard failure == 0 else {
      recorder_errno_set(failure)
      return nil
    }
    return block
  }
}
