// SPDX-License-Identifier: MIT

/// The measures of a profile of allocations. A profile may have some of them, in any order; files of the form DHAT want all but
/// the short-lived ones.
extension ProfileMeasure {
  /// Bytes of all requests.
  public static let allocatedBytes = ProfileMeasure(name: "allocated bytes", unit: .bytes)
  /// How many blocks were asked for.
  public static let allocatedBlocks = ProfileMeasure(name: "allocated blocks", unit: .count)
  /// Bytes live at the moment when the program as a whole had most.
  public static let peakBytes = ProfileMeasure(name: "peak bytes", unit: .bytes)
  /// Blocks live at the moment when the program as a whole had most bytes.
  public static let peakBlocks = ProfileMeasure(name: "peak blocks", unit: .count)
  /// Bytes never freed.
  public static let leakedBytes = ProfileMeasure(name: "leaked bytes", unit: .bytes)
  /// Blocks never freed.
  public static let leakedBlocks = ProfileMeasure(name: "leaked blocks", unit: .count)
  /// Bytes of blocks that did not live long; how long that is says who makes the profile.
  public static let shortLivedBytes = ProfileMeasure(name: "short-lived bytes", unit: .bytes)
  /// Blocks that did not live long.
  public static let shortLivedBlocks = ProfileMeasure(name: "short-lived blocks", unit: .count)
  /// Time that the blocks were live, all added up; blocks never freed count to the end of the program.
  public static let lifetime = ProfileMeasure(name: "lifetime", unit: .nanoseconds)
  /// The most bytes that this one stack ever had live at once.
  public static let ownPeakBytes = ProfileMeasure(name: "own peak bytes", unit: .bytes, isAdditive: false)
  /// The blocks that this one stack had live when it had the most bytes.
  public static let ownPeakBlocks = ProfileMeasure(name: "own peak blocks", unit: .count, isAdditive: false)
}
