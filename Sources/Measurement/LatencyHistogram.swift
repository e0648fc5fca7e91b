// SPDX-License-Identifier: MIT

import CLinux
import Synchronization

/// Counts of durations in buckets of bounded relative width, after Gil Tene's HdrHistogram: exact up to
/// `subBucketCount`, and above that `subBucketCount / 2` equal buckets for each power of two.
///
/// A value reads back at most 1 / 128 too high. Any thread may record; nothing is allocated after `init`.
public struct LatencyHistogram: ~Copyable {
  // Chosen
  private static let subBucketBits = 8
  private static let valueBits = 44
  // Derived
  private static let subBucketCount = 1 << subBucketBits
  private static let bucketCount = subBucketCount + (valueBits - subBucketBits) * subBucketCount / 2

  private let counts: UnsafeMutablePointer<Atomic<UInt64>>

  /// An empty histogram, or nil when there is no memory for one.
  public init?() {
    let byteCount = Self.bucketCount * MemoryLayout<Atomic<UInt64>>.stride
    guard let memory = linux_map_anonymous(byteCount, Int32(MAP_POPULATE)) else { return nil }
    // Zeroed memory is a valid array of atomic zeros.
    counts = memory.bindMemory(to: Atomic<UInt64>.self, capacity: Self.bucketCount)
  }

  deinit {
    munmap(counts, Self.bucketCount * MemoryLayout<Atomic<UInt64>>.stride)
  }

  /// Counts one duration; those past 2^44 units count as the longest.
  @inline(__always)
  public func record(_ value: UInt64) {
    counts[Self.bucket(of: value)].wrappingAdd(1, ordering: .relaxed)
  }

  /// Forgets what was counted; no thread may be recording.
  public func reset() {
    for bucket in 0..<Self.bucketCount { counts[bucket].store(0, ordering: .relaxed) }
  }

  /// How many durations were counted.
  public var count: UInt64 {
    (0..<Self.bucketCount).reduce(0) { $0 + counts[$1].load(ordering: .relaxed) }
  }

  /// The least value that at least `fraction` of the counted ones do not exceed; nil when nothing was counted.
  public func quantile(_ fraction: Double) -> UInt64? {
    let total = count
    guard total > 0 else { return nil }
    let rank = max(1, UInt64((Double(total) * fraction).rounded(.up)))
    var seen: UInt64 = 0
    for bucket in 0..<Self.bucketCount {
      seen += counts[bucket].load(ordering: .relaxed)
      if seen >= rank { return Self.highestValue(in: bucket) }
    }
    return Self.highestValue(in: Self.bucketCount - 1)
  }

  static func bucket(of value: UInt64) -> Int {
    let bounded = min(value, 1 << UInt64(valueBits) - 1)
    guard bounded >= UInt64(subBucketCount) else { return Int(bounded) }
    let exponent = 63 - bounded.leadingZeroBitCount - (subBucketBits - 1)
    let position = Int(bounded >> UInt64(exponent)) - subBucketCount / 2
    return subBucketCount + (exponent - 1) * (subBucketCount / 2) + position
  }

  static func highestValue(in bucket: Int) -> UInt64 {
    guard bucket >= subBucketCount else { return UInt64(bucket) }
    let exponent = (bucket - subBucketCount) / (subBucketCount / 2) + 1
    let position = (bucket - subBucketCount) % (subBucketCount / 2) + subBucketCount / 2
    return UInt64(position + 1) << UInt64(exponent) - 1
  }
}
