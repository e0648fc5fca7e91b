// SPDX-License-Identifier: MIT

import TestSupport
import Testing

@testable import Measurement

@Suite("A latency histogram")
struct LatencyHistogramTests {
  /// Values of every magnitude: around each power of two, and at random between.
  private static let values: [UInt64] = {
    var random = SeededRandom(seed: 1)
    var values: [UInt64] = Array(0...600)
    for bit in 9..<44 as Range<UInt64> {
      values += [1 << bit - 1, 1 << bit, 1 << bit + 1]
      values += (0..<200).map { _ in 1 << bit + random.next() % (1 << bit) }
    }
    return values.sorted()
  }()

  @Test("reads a value back exactly up to 256, and at most 1/128 too high above")
  func roundTrip() {
    for value in Self.values {
      let read = LatencyHistogram.highestValue(in: LatencyHistogram.bucket(of: value))
      #expect(read >= value && (read - value) * 128 <= value, "value \(value) reads back as \(read)")
      if value < 256 { #expect(read == value) }
    }
  }

  @Test("puts larger values in later buckets, without a gap")
  func monotone() {
    let buckets = Self.values.map { LatencyHistogram.bucket(of: $0) }
    #expect(buckets == buckets.sorted())
    var next: UInt64 = 0
    for bucket in 0..<LatencyHistogram.bucket(of: .max) {
      #expect(LatencyHistogram.bucket(of: next) == bucket)
      next = LatencyHistogram.highestValue(in: bucket) + 1
    }
  }

  @Test("counts what is too long as the longest")
  func longest() {
    guard let histogram = LatencyHistogram() else { preconditionFailure("no memory for a histogram") }
    histogram.record(.max)
    histogram.record(1 << 50)
    let quantile = histogram.quantile(0)
    let count = histogram.count
    #expect(quantile == 1 << 44 - 1)
    #expect(count == 2)
  }

  @Test("gives the quantiles of a sorted array", arguments: 0..<10 as Range<UInt64>)
  func quantiles(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    guard let histogram = LatencyHistogram() else { preconditionFailure("no memory for a histogram") }
    var values: [UInt64] = []
    for _ in 0..<(1 + random.next() % 3000) {
      let value = random.next() >> (21 + random.next() % 40)
      values.append(value)
      histogram.record(value)
    }
    values.sort()
    let count = histogram.count
    #expect(count == UInt64(values.count))
    for fraction in [0, 0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 1] {
      let rank = max(1, Int((Double(values.count) * fraction).rounded(.up)))
      let expected = values[rank - 1]
      let read = histogram.quantile(fraction) ?? 0
      #expect(read >= expected && (read - expected) * 128 <= expected, "seed \(seed), quantile \(fraction)")
    }
  }

  @Test("has no quantile while it is empty")
  func empty() {
    guard let histogram = LatencyHistogram() else { preconditionFailure("no memory for a histogram") }
    let quantile = histogram.quantile(0.5)
    let count = histogram.count
    #expect(quantile == nil)
    #expect(count == 0)
  }
}
