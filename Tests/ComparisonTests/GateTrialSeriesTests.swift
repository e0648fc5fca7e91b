// SPDX-License-Identifier: MIT

import Testing

@testable import Comparison

/// What is asked of gates whose answer is known.
@Suite("A series of gates with a known answer")
struct GateTrialSeriesTests {
  private func series(
    slowdown: Double, _ verdicts: [GateVerdict: Int], margins: Margins = Margins()
  ) -> GateTrialSeries {
    let facts = GateFacts()
    var settings = GateSettings(cells: [])
    settings.injectedSlowdown = slowdown
    let trials = verdicts.flatMap { verdict, count in
      (0..<count).map { index in
        GateTrial(
          GateReport(verdict: verdict, facts: facts, settings: settings), seed: UInt64(index), elapsedSeconds: 1)
      }
    }
    return GateTrialSeries(slowdown: slowdown, trials: trials, margins: margins)
  }

  @Test("of no change at all may fail twice in 40 gates, by one in a hundred each")
  func falseAlarms() {
    let held = series(slowdown: 0, [.pass: 38, .regress: 2])
    #expect(held.loss == 0)
    #expect(held.smallestRegressCount == nil && held.largestPassCount == nil)
    // P(X > 2) is 0.75 % of 40 trials at 1 %, and P(X > 1) 6 %.
    #expect(held.largestRegressCount == 2)
    #expect(held.hasHeld)
    #expect(!series(slowdown: 0, [.pass: 37, .regress: 3]).hasHeld)
    // Whoever cannot say anything does not alarm falsely.
    #expect(series(slowdown: 0, [.inconclusive: 40]).hasHeld)
  }

  @Test("of a loss that has to be detected fails in 25 of 30 gates, and hardly ever passes")
  func detection() {
    let held = series(slowdown: 0.0526, [.regress: 25, .inconclusive: 3, .pass: 2])
    #expect(abs(held.loss - 0.04997) < 1e-5)
    #expect(held.smallestRegressCount == 25)
    #expect(held.largestRegressCount == nil)
    #expect(held.hasHeld)
    #expect(!series(slowdown: 0.0526, [.regress: 24, .inconclusive: 6]).hasHeld)
    #expect(!series(slowdown: 0.0526, [.regress: 26, .pass: 4]).hasHeld)
  }

  @Test("of twice as large a loss fails in all but one of 30")
  func plainDetection() {
    let held = series(slowdown: 0.1, [.regress: 29, .inconclusive: 1])
    #expect(held.smallestRegressCount == 29)
    #expect(held.hasHeld)
    #expect(!series(slowdown: 0.1, [.regress: 28, .inconclusive: 2]).hasHeld)
  }

  @Test("of a loss between the margins may answer either way")
  func between() {
    let between = series(slowdown: 0.035, [.regress: 3, .pass: 4, .inconclusive: 3])
    #expect(between.smallestRegressCount == nil && between.largestRegressCount == nil)
    #expect(between.largestPassCount == nil)
    #expect(between.hasHeld)
    // Margins of its own move what is asked.
    #expect(series(slowdown: 0.035, [.pass: 10], margins: Margins(tolerate: 0.01, detect: 0.03)).hasHeld == false)
    #expect(series(slowdown: 0.0526, [.regress: 10], margins: Margins(tolerate: 0.1, detect: 0.2)).hasHeld == false)
  }

  @Test("has not held where a gate could not be measured")
  func error() {
    #expect(!series(slowdown: 0, [.pass: 9, .error: 1]).hasHeld)
    #expect(!series(slowdown: 0.035, [.error: 1]).hasHeld)
  }
}
