// SPDX-License-Identifier: MIT

/// What an allocator did that ends a replay.
public struct ReplayFault: Sendable {
  public enum Kind: String, Sendable {
    /// It returned NULL for a request that was not empty.
    case outOfMemory = "out-of-memory"
    /// A block does not begin at the alignment that C or the caller demands.
    case misaligned
    /// A block shares bytes with one that is live.
    case overlapping
    /// `malloc_usable_size` tells less than was asked for.
    case tooSmall = "too-small"
    /// Bytes of a live block changed, or `realloc` did not keep them.
    case contentsChanged = "contents-changed"
    /// `calloc` handed out bytes that are not zero.
    case notZeroed = "not-zeroed"
    /// The system refused to start a thread of the program.
    case threadNotStarted = "thread-not-started"
  }

  public var kind: Kind
  public var address: UInt
  /// Bytes asked for.
  public var byteCount: Int
  public var thread: UInt32
  /// Events that the thread had performed, to the pattern.
  public var performedCount: UInt64

  /// Told of the first fault; it does not return, because nothing can be measured after it.
  public typealias Handler = @Sendable (ReplayFault) -> Never
}
