// SPDX-License-Identifier: MIT

import Statistics
import Testing

@Suite struct SortedSampleTests {
  @Test("quantiles interpolate between the two nearest numbers")
  func quantiles() throws {
    let sample = try #require(SortedSample([40, 10, 30, 20]))
    #expect(sample.quantile(0) == 10)
    #expect(sample.quantile(0.25) == 17.5)
    #expect(sample.median == 25)
    #expect(abs(sample.quantile(0.9) - 37) < 1e-12)
    #expect(sample.quantile(1) == 40)
  }

  @Test("one number is every quantile of itself", arguments: [0, 0.3, 0.5, 1])
  func single(fraction: Double) throws {
    #expect(try #require(SortedSample([7])).quantile(fraction) == 7)
  }

  @Test("the median of an odd count is the middle number")
  func oddMedian() throws { #expect(try #require(SortedSample([9, 1, 5])).median == 5) }

  @Test("infinity at an end does not spoil the quantiles below it")
  func infinity() throws {
    #expect(try #require(SortedSample([1, 2, .infinity])).median == 2)
  }

  @Test("no numbers, or one that is none, make no sample")
  func refused() {
    #expect(SortedSample([]) == nil)
    #expect(SortedSample([1, .nan]) == nil)
  }

  @Test("the geometric mean of a ratio and its inverse is one")
  func geometric() throws {
    #expect(abs(try #require(geometricMean([4, 0.25])) - 1) < 1e-15)
    #expect(abs(try #require(geometricMean([1, 10, 100])) - 10) < 1e-12)
    #expect(geometricMean([]) == nil)
    #expect(geometricMean([1, 0]) == nil)
    #expect(geometricMean([1, .nan]) == nil)
  }
}
