// SPDX-License-Identifier: MIT

import CRecorder

// `recorder_next` begins with the functions of this file. The first of them to be called finds out which allocator is
// next in line, glibc's or one that was preloaded or linked before it, and puts that in their place.

/// Whether the search is under way: the loader may allocate while it looks for a symbol.
private nonisolated(unsafe) var isResolving = false

/// What the libraries after this one call by a name.
func nextSymbol(_ name: StaticString) -> UnsafeMutableRawPointer? { recorder_next_symbol(name.cString) }

/// Puts the real functions into `recorder_next`; false while that is under way already.
private func resolve() -> Bool {
  guard !isResolving else { return false }
  isResolving = true
  defer { isResolving = false }
  let glibcMalloc: @convention(c) (Int) -> UnsafeMutableRawPointer? = __libc_malloc
  let found = nextSymbol("malloc")
  var resolved = recorder_allocator(
    malloc: __libc_malloc, calloc: __libc_calloc, realloc: __libc_realloc, memalign: __libc_memalign,
    free: __libc_free)
  if let found, found != unsafeBitCast(glibcMalloc, to: UnsafeMutableRawPointer.self),
    let foreign = ForeignAllocator.resolve(malloc: found)
  {
    resolved = foreign
  }
  if BootstrapArena.isUsed {
    BootstrapArena.realFree = resolved.free
    BootstrapArena.realRealloc = resolved.realloc
    resolved.free = recorderArenaFree
    resolved.realloc = recorderArenaRealloc
  }
  recorder_next = resolved
  return true
}

@c(recorder_first_malloc)
public func recorderFirstMalloc(_ size: Int) -> UnsafeMutableRawPointer? {
  resolve() ? recorder_next.malloc(size) : BootstrapArena.allocate(size, alignment: 16)
}

@c(recorder_first_calloc)
public func recorderFirstCalloc(_ count: Int, _ size: Int) -> UnsafeMutableRawPointer? {
  if resolve() { return recorder_next.calloc(count, size) }
  let (byteCount, overflows) = count.multipliedReportingOverflow(by: size)
  return overflows ? nil : BootstrapArena.allocate(byteCount, alignment: 16)
}

@c(recorder_first_realloc)
public func recorderFirstRealloc(_ block: UnsafeMutableRawPointer?, _ size: Int) -> UnsafeMutableRawPointer? {
  if resolve() { return recorder_next.realloc(block, size) }
  return BootstrapArena.reallocate(block, size)
}

@c(recorder_first_memalign)
public func recorderFirstMemalign(_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer? {
  resolve() ? recorder_next.memalign(alignment, size) : BootstrapArena.allocate(size, alignment: alignment)
}

@c(recorder_first_free)
public func recorderFirstFree(_ block: UnsafeMutableRawPointer?) {
  // A block of the arena, while resolving, stays where it is.
  if resolve() { recorder_next.free(block) }
}
