// SPDX-License-Identifier: MIT

import Events

/// How large the blocks of a trace are and how long they live.
///
/// One pass, in memory that grows with the slots and threads only.
public final class TraceHistograms: PlacedEventSink {
  /// A size and how often it was asked for.
  public struct SizeCount: Equatable, Sendable {
    public let byteCount: UInt64
    public let requestCount: UInt64
  }

  /// Requests by size: bucket 0 counts size 0, bucket n sizes from 2 to the n-1 to 2 to the n less 1.
  public private(set) var requestCountBySizeBucket = [UInt64](repeating: 0, count: 65)
  /// Freed blocks by lifetime, in operations of all threads from allocation to free (reallocs do not begin a new life),
  /// in the same buckets.
  public private(set) var blockCountByLifetimeBucket = [UInt64](repeating: 0, count: 65)
  /// Events by thread.
  public private(set) var eventCountByThread: [UInt64] = []
  /// Events that await another thread.
  public private(set) var awaitingEventCount: UInt64 = 0
  public private(set) var eventCount: UInt64 = 0

  private var operationCount: UInt64 = 0
  private var birthOperations: [UInt64] = []
  private var requestCountBySize = [UInt64](repeating: 0, count: TraceHistograms.exactSizeLimit)

  /// Sizes from this on are counted by bucket only.
  public static let exactSizeLimit = 1 << 16

  public init() {}

  public func receive(_ events: [PlacedEvent]) {
    for event in events { count(event) }
  }

  /// The sizes below `exactSizeLimit` that were asked for most often, most frequent first.
  public func mostFrequentSizes(limit: Int) -> [SizeCount] {
    requestCountBySize.indices.filter { requestCountBySize[$0] > 0 }
      .sorted { (requestCountBySize[$0], $1) > (requestCountBySize[$1], $0) }
      .prefix(limit)
      .map { SizeCount(byteCount: UInt64($0), requestCount: requestCountBySize[$0]) }
  }

  /// The bucket of a number.
  public static func bucket(of number: UInt64) -> Int { UInt64.bitWidth - number.leadingZeroBitCount }

  private func count(_ event: PlacedEvent) {
    eventCount += 1
    if event.awaitsAnotherThread { awaitingEventCount += 1 }
    while eventCountByThread.count <= Int(event.thread) { eventCountByThread.append(0) }
    eventCountByThread[Int(event.thread)] += 1
    guard event.kind.isOperation else { return }
    operationCount += 1
    if event.kind.isAllocation {
      requestCountBySizeBucket[Self.bucket(of: event.size)] += 1
      if event.size < UInt64(Self.exactSizeLimit) { requestCountBySize[Int(event.size)] += 1 }
    }
    let slot = Int(event.slot)
    while birthOperations.count <= slot { birthOperations.append(0) }
    switch event.kind {
    case .malloc, .calloc, .aligned: birthOperations[slot] = operationCount
    case .free: blockCountByLifetimeBucket[Self.bucket(of: operationCount - birthOperations[slot])] += 1
    case .realloc, .threadStart, .threadEnd: break
    }
  }
}
