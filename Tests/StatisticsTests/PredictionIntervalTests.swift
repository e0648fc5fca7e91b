// SPDX-License-Identifier: MIT

import Statistics
import Testing

@Suite struct PredictionIntervalTests {
  /// Computed with NumPy and SciPy.
  @Test("the worked example of five sessions comes out to six digits")
  func workedExample() throws {
    let interval = try #require(PredictionInterval([0.182, 0.190, 0.176, 0.185, 0.187]))
    #expect(interval.count == 5)
    #expect(abs(interval.mean - 0.184) < 1e-6)
    #expect(abs(interval.standardDeviation - 0.0053385391) < 1e-6)
    #expect(abs(interval.halfWidth - 0.0124672033) < 1e-6)
  }

  /// Of 4000 trials, the nominal 5 % on each side and four standard errors of counting them.
  @Test("the next number lies beyond each end as often as it says", arguments: [2, 5, 12])
  func coverage(count: Int) throws {
    let seed = UInt64(count)
    var numbers = NormalNumbers(seed: seed)
    var (belowCount, aboveCount) = (0, 0)
    for _ in 0..<4000 {
      let interval = try #require(PredictionInterval((0..<count).map { _ in 7 + numbers.next() }))
      let next = 7 + numbers.next()
      if next < interval.mean - interval.halfWidth { belowCount += 1 }
      if next > interval.mean + interval.halfWidth { aboveCount += 1 }
    }
    #expect((145...255).contains(belowCount), "seed \(seed)")
    #expect((145...255).contains(aboveCount), "seed \(seed)")
  }

  @Test("a smaller tail makes a wider interval")
  func tails() throws {
    let values = [1.0, 2, 4, 3]
    let wide = try #require(PredictionInterval(values, tail: 0.005))
    let narrow = try #require(PredictionInterval(values, tail: 0.05))
    // t(0.995, 3) and t(0.95, 3) of printed tables.
    #expect(abs(wide.halfWidth / narrow.halfWidth - 5.840909 / 2.353363) < 1e-6)
  }

  @Test("two numbers are the fewest, and all are finite")
  func refused() throws {
    #expect(PredictionInterval([]) == nil)
    #expect(PredictionInterval([1]) == nil)
    #expect(PredictionInterval([1, .nan]) == nil)
    #expect(PredictionInterval([1, .infinity]) == nil)
    #expect(try #require(PredictionInterval([2, 2])).halfWidth == 0)
  }

  @Test("a standard deviation has n - 1 in its denominator, and digits left where numbers differ by little")
  func standardDeviation() throws {
    #expect(sampleStandardDeviation([2, 4, 4, 4, 5, 5, 7, 9]) == (32.0 / 7).squareRoot())
    #expect(sampleStandardDeviation([1e9 + 1, 1e9 + 2, 1e9 + 3]) == 1)
    #expect(sampleStandardDeviation([3]) == nil)
    #expect(sampleStandardDeviation([3, .infinity]) == nil)
  }
}
