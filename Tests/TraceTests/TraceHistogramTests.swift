// SPDX-License-Identifier: MIT

import Events
import TestSupport
import Testing

@testable import Trace

@Suite("Histograms of traces")
struct TraceHistogramTests {
  private func histograms(_ events: [Event]) throws -> (TraceHistograms, EventSummary) {
    let histograms = TraceHistograms()
    let placement = Placement(into: histograms)
    try placement.receive(events)
    return (histograms, placement.finish())
  }

  @Test("Sizes, lifetimes and times are counted in powers of two")
  func buckets() throws {
    let (histograms, _) = try histograms([
      Event(.malloc, thread: 0, block: 1, size: 0, nanoseconds: 10),
      Event(.calloc, thread: 0, block: 2, size: 100, nanoseconds: 20),
      Event(.realloc, thread: 0, block: 3, formerBlock: 2, size: 127, nanoseconds: 30),
      Event(.free, thread: 0, block: 1, nanoseconds: 40),
      Event(.free, thread: 0, block: 3, nanoseconds: 20_020),
      Event(.aligned, thread: 0, block: 4, size: 1 << 40, alignmentShift: 6, nanoseconds: 20_030),
    ])
    #expect(histograms.requestCountBySizeBucket.enumerated().filter { $1 > 0 }.map(\.offset) == [0, 7, 41])
    #expect(histograms.requestCountBySizeBucket[7] == 2)
    #expect(histograms.requestedByteCountBySizeBucket[7] == 227)
    #expect(histograms.requestedByteCountBySizeBucket[41] == 1 << 40)
    // Block 1 lived from the first operation to the fourth, block 2 from the second to the fifth.
    #expect(histograms.blockCountByLifetimeBucket[2] == 2)
    #expect(histograms.blockCountByNanosecondsBucket[TraceHistograms.bucket(of: 30)] == 1)
    #expect(histograms.blockCountByNanosecondsBucket[TraceHistograms.bucket(of: 20_000)] == 1)
  }

  @Test("Threads: who freed whose blocks")
  func threads() throws {
    let (histograms, summary) = try histograms([
      Event(.malloc, thread: 0, block: 1, size: 8), Event(.malloc, thread: 0, block: 2, size: 8),
      Event(.malloc, thread: 1, block: 3, size: 30), Event(.free, thread: 1, block: 1),
      Event(.realloc, thread: 1, block: 4, formerBlock: 2, size: 50), Event(.free, thread: 1, block: 4),
      Event(.free, thread: 0, block: 3),
    ])
    let (first, second) = (histograms.threads[0], histograms.threads[1])
    #expect(first.allocationCount == 2 && first.freeCount == 1 && first.requestedByteCount == 16)
    #expect(first.foreignFreeCount == 1 && first.freedByOthersCount == 1)
    #expect(second.allocationCount == 2 && second.freeCount == 2 && second.requestedByteCount == 80)
    // A block that a thread has moved is its own.
    #expect(second.foreignFreeCount == 1 && second.freedByOthersCount == 1)
    #expect(first.eventCount == 3 && second.eventCount == 5)
    #expect(summary.crossThreadFreeCount == 2)
  }

  @Test("What the threads did adds up to what the whole did", arguments: 1...5 as ClosedRange<UInt64>)
  func sums(seed: UInt64) throws {
    var random = RandomEvents()
    random.threadCount = 5
    random.eventCount = 3000
    random.hasMistakes = true
    let (histograms, summary) = try histograms(random.make(seed: seed))
    let threads = histograms.threads
    #expect(threads.reduce(0) { $0 + $1.eventCount } == histograms.eventCount)
    #expect(threads.reduce(0) { $0 + $1.allocationCount + $1.freeCount } == summary.operationCount)
    #expect(threads.reduce(0) { $0 + $1.requestedByteCount } == summary.requestedByteCount)
    #expect(threads.reduce(0) { $0 + $1.foreignFreeCount } == summary.crossThreadFreeCount)
    #expect(threads.reduce(0) { $0 + $1.freedByOthersCount } == summary.crossThreadFreeCount)
    #expect(histograms.requestedByteCountBySizeBucket.reduce(0, +) == summary.requestedByteCount)
    #expect(histograms.blockCountByNanosecondsBucket.reduce(0, +) == summary.count(of: .free))
    #expect(histograms.blockCountByLifetimeBucket.reduce(0, +) == summary.count(of: .free))
  }

  @Test("The ranges of buckets follow one another, to the largest number there is")
  func ranges() {
    #expect(TraceHistograms.range(ofBucket: 0) == 0...0)
    #expect(TraceHistograms.range(ofBucket: 1) == 1...1)
    #expect(TraceHistograms.range(ofBucket: 64).upperBound == .max)
    for bucket in 1...64 {
      let range = TraceHistograms.range(ofBucket: bucket)
      #expect(range.lowerBound == TraceHistograms.range(ofBucket: bucket - 1).upperBound + 1)
      #expect(TraceHistograms.bucket(of: range.lowerBound) == bucket)
      #expect(TraceHistograms.bucket(of: range.upperBound) == bucket)
    }
  }
}
