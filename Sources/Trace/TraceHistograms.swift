// SPDX-License-Identifier: MIT

import Events

/// How large the blocks of a trace are, how long they live, and what each thread does.
///
/// One pass, in memory that grows with the slots and threads only.
public final class TraceHistograms: PlacedEventSink {
  /// A size and how often it was asked for.
  public struct SizeCount: Equatable, Sendable {
    public let byteCount: UInt64
    public let requestCount: UInt64
  }

  /// What a thread did.
  public struct ThreadCounts: Equatable, Sendable {
    /// Events of any kind; calls that gave the program a block (a realloc among them), and frees.
    public fileprivate(set) var eventCount: UInt64 = 0
    public fileprivate(set) var allocationCount: UInt64 = 0
    public fileprivate(set) var freeCount: UInt64 = 0
    public fileprivate(set) var requestedByteCount: UInt64 = 0
    /// Frees of blocks that another thread handed out or moved last.
    public fileprivate(set) var foreignFreeCount: UInt64 = 0
    /// Frees by other threads of blocks that this one handed out or moved last.
    public fileprivate(set) var freedByOthersCount: UInt64 = 0
    /// Events before which another thread must have come somewhere.
    public fileprivate(set) var awaitingEventCount: UInt64 = 0
  }

  /// What is known of the block in a slot.
  private struct Block {
    var birthOperation: UInt64 = 0
    var birthNanoseconds: UInt64 = 0
    var thread: UInt32 = 0
  }

  /// Requests by size: bucket 0 counts size 0, bucket n sizes from 2 to the n-1 to 2 to the n less 1.
  public private(set) var requestCountBySizeBucket = [UInt64](repeating: 0, count: 65)
  /// Bytes asked for, in the same buckets.
  public private(set) var requestedByteCountBySizeBucket = [UInt64](repeating: 0, count: 65)
  /// Freed blocks by lifetime, in operations of all threads from allocation to free (reallocs do not begin a new life),
  /// in the same buckets.
  public private(set) var blockCountByLifetimeBucket = [UInt64](repeating: 0, count: 65)
  /// Freed blocks by lifetime in nanoseconds, in the same buckets; all of them in bucket 0 where the trace has no
  /// times.
  public private(set) var blockCountByNanosecondsBucket = [UInt64](repeating: 0, count: 65)
  /// What each thread did, by its number.
  public private(set) var threads: [ThreadCounts] = []
  public private(set) var eventCount: UInt64 = 0

  private var operationCount: UInt64 = 0
  private var blocks: [Block] = []
  private var requestCountBySize = [UInt64](repeating: 0, count: TraceHistograms.exactSizeLimit)

  /// Sizes from this on are counted by bucket only.
  public static let exactSizeLimit = 1 << 16

  public init() {}

  /// Events that await another thread.
  public var awaitingEventCount: UInt64 { threads.reduce(0) { $0 + $1.awaitingEventCount } }

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

  /// The numbers of a bucket.
  public static func range(ofBucket bucket: Int) -> ClosedRange<UInt64> {
    bucket == 0 ? 0...0 : 1 << UInt64(bucket - 1)...(.max >> UInt64(UInt64.bitWidth - bucket))
  }

  private func count(_ event: PlacedEvent) {
    eventCount += 1
    let thread = Int(event.thread)
    while threads.count <= thread { threads.append(ThreadCounts()) }
    threads[thread].eventCount += 1
    if event.awaitsAnotherThread { threads[thread].awaitingEventCount += 1 }
    guard event.kind.isOperation else { return }
    operationCount += 1
    let slot = Int(event.slot)
    while blocks.count <= slot { blocks.append(Block()) }
    if event.kind == .free {
      countFree(of: blocks[slot], event)
    } else {
      countRequest(event)
      if event.kind != .realloc {
        blocks[slot].birthOperation = operationCount
        blocks[slot].birthNanoseconds = event.nanoseconds
      }
      blocks[slot].thread = event.thread
    }
  }

  private func countRequest(_ event: PlacedEvent) {
    let thread = Int(event.thread)
    threads[thread].allocationCount += 1
    threads[thread].requestedByteCount &+= event.size
    let bucket = Self.bucket(of: event.size)
    requestCountBySizeBucket[bucket] += 1
    requestedByteCountBySizeBucket[bucket] &+= event.size
    if event.size < UInt64(Self.exactSizeLimit) { requestCountBySize[Int(event.size)] += 1 }
  }

  private func countFree(of block: Block, _ event: PlacedEvent) {
    let thread = Int(event.thread)
    blockCountByLifetimeBucket[Self.bucket(of: operationCount - block.birthOperation)] += 1
    // Stamps of different threads may differ by a little.
    let nanoseconds = event.nanoseconds > block.birthNanoseconds ? event.nanoseconds - block.birthNanoseconds : 0
    blockCountByNanosecondsBucket[Self.bucket(of: nanoseconds)] += 1
    threads[thread].freeCount += 1
    guard block.thread != event.thread else { return }
    threads[thread].foreignFreeCount += 1
    threads[Int(block.thread)].freedByOthersCount += 1
  }
}
