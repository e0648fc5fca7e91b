// SPDX-License-Identifier: MIT

import Testing

@testable import Comparison

@Suite("Who goes on in a search")
struct TuningSelectionTests {
  private static func names(_ standings: [TuningStanding]) -> [String] {
    standings.map(\.candidate.switches)
  }

  /// Six rounds about a centre, each candidate's own way.
  private static func around(_ centre: Double, scatter: Double, shift: Int) -> [Double?] {
    let shape = [-1.0, 0.6, -0.2, 1.0, 0.2, -0.6]
    return shape.indices.map { centre + scatter * shape[($0 + shift) % shape.count] }
  }

  private static let quiet = TuningScene.standings([
    TuningScene.candidate("a"): around(0.10, scatter: 0.001, shift: 0),
    TuningScene.candidate("b"): around(0.08, scatter: 0.001, shift: 1),
    TuningScene.candidate("c"): around(0.05, scatter: 0.001, shift: 2),
    TuningScene.candidate("d"): around(-0.02, scatter: 0.001, shift: 3),
    .initial: Array(repeating: 0, count: 6),
  ])

  @Test("the best stay where noise is small, and the defaults take no place")
  func best() {
    let selection = TuningSelection(keptCount: 2, largestCount: 4)
    #expect(Self.names(selection.survivors(of: Self.quiet)) == ["a=on", "b=on"])
    #expect(
      Self.names(TuningSelection(keptCount: 9, largestCount: 9).survivors(of: Self.quiet))
        == ["a=on", "b=on", "c=on", "d=on"])
    #expect(TuningSelection(keptCount: 0, largestCount: 0).survivors(of: Self.quiet).isEmpty)
    #expect(selection.survivors(of: []).isEmpty)
  }

  @Test("who cannot be told from the last that stays, stays too, as far as there is room")
  func noise() {
    let noisy = TuningScene.standings([
      TuningScene.candidate("a"): Self.around(0.30, scatter: 0.05, shift: 0),
      TuningScene.candidate("b"): Self.around(0.08, scatter: 0.05, shift: 1),
      TuningScene.candidate("c"): Self.around(0.07, scatter: 0.05, shift: 2),
      TuningScene.candidate("d"): Self.around(0.06, scatter: 0.05, shift: 3),
      TuningScene.candidate("e"): Self.around(-0.30, scatter: 0.05, shift: 4),
    ])
    func kept(_ count: Int, _ most: Int) -> [String] {
      Self.names(TuningSelection(keptCount: count, largestCount: most).survivors(of: noisy))
    }
    #expect(kept(2, 5) == ["a=on", "b=on", "c=on", "d=on"])
    #expect(kept(2, 3) == ["a=on", "b=on", "c=on"])
    #expect(kept(1, 5) == ["a=on"])
  }

  @Test("in too few rounds for an interval it goes by what all scatter together")
  func fewRounds() throws {
    func standings(scatter: Double) -> [TuningStanding] {
      TuningScene.standings([
        TuningScene.candidate("a"): [0.10 + scatter, 0.10 - scatter],
        TuningScene.candidate("b"): [0.05 - scatter, 0.05 + scatter],
        TuningScene.candidate("c"): [0.04 + scatter, 0.04 - scatter],
        TuningScene.candidate("d"): [-0.2, -0.2],
      ])
    }
    let selection = TuningSelection(keptCount: 2, largestCount: 4)
    #expect(Self.names(selection.survivors(of: standings(scatter: 0.0001))) == ["a=on", "b=on"])
    #expect(Self.names(selection.survivors(of: standings(scatter: 0.02))) == ["a=on", "b=on", "c=on"])
    // One round says nothing about noise.
    let single = TuningScene.standings([
      TuningScene.candidate("a"): [0.1], TuningScene.candidate("b"): [0.0], TuningScene.candidate("c"): [-0.9],
    ])
    #expect(Self.names(TuningSelection(keptCount: 1, largestCount: 3).survivors(of: single)).count == 3)
  }

  @Test("what all scatter is found whatever rounds and candidates add of their own")
  func pooled() throws {
    // Residuals of a row and of a column add up to nothing: +s -s over -s +s.
    let standings = TuningScene.standings([
      TuningScene.candidate("a"): [0.50 + 0.01, 0.50 - 0.01], TuningScene.candidate("b"): [0.10 - 0.01, 0.10 + 0.01],
    ])
    let error = try #require(TuningSelection.pooledError(standings))
    // Four residuals of 0.01 with one degree of freedom, and the mean of two rounds.
    #expect(abs(error.deviation - (4 * 0.0001 / 2).squareRoot()) < 1e-12)
    #expect(error.degreesOfFreedom == 1)
    #expect(TuningSelection.pooledError([standings[0]]) == nil)
  }

  @Test("of those that cannot be told from the best, the one with the fewest settings wins")
  func simplest() throws {
    let best = TuningCandidate([TuningSetting("a", "1"), TuningSetting("b", "1"), TuningSetting("c", "1")])
    let half = TuningCandidate([TuningSetting("a", "1"), TuningSetting("b", "1")])
    let one = TuningCandidate([TuningSetting("a", "1")])
    let standings = TuningScene.standings([
      best: Self.around(0.200, scatter: 0.02, shift: 0), half: Self.around(0.195, scatter: 0.02, shift: 2),
      one: Self.around(0.100, scatter: 0.02, shift: 4), .initial: Array(repeating: 0, count: 6),
    ])
    #expect(TuningSelection.simplest(of: standings)?.candidate == half)
    #expect(TuningSelection.simplest(of: standings.filter { $0.candidate.isInitial }) == nil)
  }
}
