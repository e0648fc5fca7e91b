// SPDX-License-Identifier: MIT

import Testing

@testable import ACEHosted

@Suite("Patience") struct PatienceTests {
  /// Quiet periods until it is over.
  private func periods(_ patience: inout Patience, idle: Bool = false) -> Int {
    var count = 0
    while !patience.isOver(idle: idle), count < 1000 {
      patience.note(isQuiet: true)
      count += 1
    }
    return count
  }

  @Test func eachMistakeDoublesItUpToALimit() {
    var patience = Patience(periods: 4)
    for expected in [4, 8, 16, 32, 64, 128, 128, 128] {
      #expect(periods(&patience) == expected)
      patience.lowered()
      patience.raised()
    }
    // Where nothing happens there is nothing to fear.
    #expect(periods(&patience, idle: true) == 4)
  }

  @Test func loweringAgainAndAgainHalvesIt() {
    var patience = Patience(periods: 4)
    for _ in 0..<3 {
      patience.lowered()
      patience.raised()
    }
    for expected in [32, 32, 16, 8, 4, 4] {
      #expect(periods(&patience) == expected)
      patience.lowered()
    }
  }

  @Test func raisingWithoutHavingLoweredIsNoMistake() {
    var patience = Patience(periods: 4)
    for _ in 0..<10 { patience.raised() }
    #expect(periods(&patience) == 4)
  }

  @Test func noiseBeginsTheCountAnew() {
    var patience = Patience(periods: 4)
    for _ in 0..<3 { patience.note(isQuiet: true) }
    patience.note(isQuiet: false)
    #expect(periods(&patience) == 4)
  }
}
