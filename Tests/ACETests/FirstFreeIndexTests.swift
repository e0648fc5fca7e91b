// SPDX-License-Identifier: MIT

import Testing

@testable import ACEHosted

@Suite("The lowest free index") struct FirstFreeIndexTests {
  // Derived from the documented three levels: 8 groups of 64 words of 64 bits.
  private static let limit: UInt = 8 * 64 * 64

  @Test func everyIndexIsFoundAlone() throws {
    var index = FirstFreeIndex()
    #expect(index.first() == nil)
    for place in 0..<Self.limit {
      index.insert(place)
      try demand(index.first() == place && index.contains(place), "\(place) is not found")
      index.remove(place)
      try demand(index.first() == nil && !index.contains(place), "\(place) is still found")
    }
  }

  @Test(arguments: [3, 64, 65, 4096, 5000, limit] as [UInt], 1...3 as ClosedRange<UInt64>)
  func randomOperations(limit: UInt, seed: UInt64) throws {
    var randomness = Randomness(seed: seed)
    var index = FirstFreeIndex()
    var model = Set<UInt>()
    for step in 0..<2_000 {
      let place = randomness.below(limit)
      if randomness.below(2) == 0 {
        index.insert(place)
        model.insert(place)
      } else {
        index.remove(place)
        model.remove(place)
      }
      try demand(index.first() == model.min(), "the lowest is \(String(describing: index.first())) after \(step) steps")
      let other = randomness.below(limit)
      try demand(index.contains(other) == model.contains(other), "\(other) is told wrongly")
    }
  }

  /// The span has no more superslabs than the index has places.
  @Test func theSpanFits() { #expect(1 << (Layout.spanShift - 2 - Layout.superslabShift) <= Self.limit) }
}
