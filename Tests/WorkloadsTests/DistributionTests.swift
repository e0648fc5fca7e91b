// SPDX-License-Identifier: MIT

import Glibc
import Testing

@testable import Workloads

@Suite("Distributions")
struct DistributionTests {
  static let drawCount = 200_000

  /// Pearson's statistic of counts against expected shares.
  private func chiSquared(_ counts: [Int], _ shares: [Double]) -> Double {
    let total = Double(counts.reduce(0, +))
    return zip(counts, shares).reduce(0) { sum, pair in
      let expected = pair.1 * total
      return sum + (Double(pair.0) - expected) * (Double(pair.0) - expected) / expected
    }
  }

  @Test("SplitMix64 gives the published sequence of seed 1234567")
  func published() {
    var random = SplitMix64(seed: 1_234_567)
    let draws = (0..<5).map { _ in random.next() }
    #expect(
      draws == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  @Test("streams of one seed, and seeds of one stream, differ")
  func streams() {
    var firsts: Set<UInt64> = []
    for seed: UInt64 in 0..<50 {
      for stream: UInt64 in 0..<50 {
        var random = SplitMix64(seed: seed, stream: stream)
        firsts.insert(random.next())
      }
    }
    #expect(firsts.count == 2500)
  }

  // 9 degrees of freedom: above 33.7 with probability 0.0001.
  @Test("uniform numbers fall evenly and keep within their range", arguments: [1, 2, 3] as [UInt64])
  func uniform(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<Self.drawCount { counts[random.uniform(in: 5...14) - 5] += 1 }
    #expect(chiSquared(counts, [Double](repeating: 0.1, count: 10)) < 33.7, "seed \(seed)")
    let only = random.uniform(in: 7...7)
    #expect(only == 7)
  }

  @Test("unit numbers are from 0 to below 1 with mean 1/2 and variance 1/12", arguments: [1, 2, 3] as [UInt64])
  func unit(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let draws = (0..<Self.drawCount).map { _ in random.unit() }
    let mean = draws.reduce(0, +) / Double(draws.count)
    let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws.count)
    #expect(draws.allSatisfy { (0..<1).contains($0) }, "seed \(seed)")
    #expect(abs(mean - 0.5) < 0.003, "seed \(seed)")
    #expect(abs(variance - 1.0 / 12) < 0.001, "seed \(seed)")
    let never = random.chance(0)
    let always = random.chance(1)
    #expect(!never)
    #expect(always)
  }

  // 4 degrees of freedom: above 23.5 with probability 0.0001.
  @Test("a weighted choice follows its weights", arguments: [1, 2, 3] as [UInt64])
  func weighted(seed: UInt64) {
    let weights = [5.0, 0, 1, 0.25, 3, 10]
    let choice = WeightedChoice(weights: weights)
    var random = SplitMix64(seed: seed)
    var counts = [Int](repeating: 0, count: weights.count)
    for _ in 0..<Self.drawCount { counts[choice.next(&random)] += 1 }
    #expect(counts[1] == 0)
    counts.remove(at: 1)
    let total = weights.reduce(0, +)
    #expect(chiSquared(counts, weights.filter { $0 > 0 }.map { $0 / total }) < 23.5, "seed \(seed)")
  }

  // 49 degrees of freedom: above 94.1 with probability 0.0001.
  @Test("Zipf ranks fall as a power", arguments: [0, 0.8, 0.99, 2])
  func zipf(exponent: Double) {
    let distribution = ZipfDistribution(count: 50, exponent: exponent)
    var random = SplitMix64(seed: 11)
    var counts = [Int](repeating: 0, count: 50)
    for _ in 0..<Self.drawCount { counts[distribution.next(&random)] += 1 }
    let weights = (1...50).map { pow(Double($0), -exponent) }
    let total = weights.reduce(0, +)
    #expect(chiSquared(counts, weights.map { $0 / total }) < 94.1)
  }
}
