// SPDX-License-Identifier: MIT

/// The entry points of an allocator, as C sees them.
public struct AllocatorFunctions: Sendable {
  public typealias Malloc = @convention(c) (_ size: Int) -> UnsafeMutableRawPointer?
  public typealias Calloc = @convention(c) (_ count: Int, _ size: Int) -> UnsafeMutableRawPointer?
  public typealias Realloc = @convention(c) (UnsafeMutableRawPointer?, _ size: Int) -> UnsafeMutableRawPointer?
  public typealias AlignedAlloc = @convention(c) (_ alignment: Int, _ size: Int) -> UnsafeMutableRawPointer?
  public typealias Free = @convention(c) (UnsafeMutableRawPointer?) -> Void
  public typealias UsableSize = @convention(c) (UnsafeMutableRawPointer?) -> Int

  public var malloc: Malloc
  public var calloc: Calloc
  public var realloc: Realloc
  /// `memalign` where there is one, else `aligned_alloc`.
  public var alignedAlloc: AlignedAlloc
  public var free: Free
  /// nil where the library does not tell.
  public var usableSize: UsableSize?
}
