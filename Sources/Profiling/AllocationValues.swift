// SPDX-License-Identifier: MIT

/// What is known of the allocations of one stack. Where stacks are a sample, all of it is estimated, and so not whole.
public struct AllocationValues: Sendable {
  /// Of all requests; a realloc is one more.
  public internal(set) var allocatedBytes = 0.0
  public internal(set) var allocatedBlocks = 0.0
  /// When the program as a whole had most bytes.
  public internal(set) var peakBytes = 0.0
  public internal(set) var peakBlocks = 0.0
  /// Never freed.
  public internal(set) var leakedBytes = 0.0
  public internal(set) var leakedBlocks = 0.0
  /// Of blocks that were freed or reallocated within the limit of the profile.
  public internal(set) var shortLivedBytes = 0.0
  public internal(set) var shortLivedBlocks = 0.0
  /// The times that blocks were live, added up; those never freed count to the last event.
  public internal(set) var lifetimeNanoseconds = 0.0
  /// When this stack had most bytes.
  public internal(set) var ownPeakBytes = 0.0
  public internal(set) var ownPeakBlocks = 0.0
  /// Which of the program's peaks, each higher than the one before, `peakBytes` and `peakBlocks` were noted for; they are what
  /// is live now when it is not the latest.
  var peakNumber: UInt64 = 0

  init() {}
}
