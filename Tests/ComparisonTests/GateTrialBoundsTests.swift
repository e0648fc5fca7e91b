// SPDX-License-Identifier: MIT

import Comparison
import Testing

@Suite("Gates with a known answer")
struct GateTrialBoundsTests {
  private func series(_ slowdown: Double, _ verdicts: [GateVerdict]) -> GateTrialSeries {
    let trials = verdicts.map { verdict in
      var report = GateRows().report
      report.verdict = verdict
      return GateTrial(report, seed: 1, elapsedSeconds: 1)
    }
    return GateTrialSeries(slowdown: slowdown, trials: trials, margins: Margins())
  }

  private func series(_ slowdown: Double, _ verdict: GateVerdict, _ count: Int, of total: Int) -> GateTrialSeries {
    let usual: GateVerdict = slowdown < 0.03 ? .pass : .regress
    return series(
      slowdown, Array(repeating: verdict, count: count) + Array(repeating: usual, count: total - count))
  }

  @Test("may come out otherwise as often as chance lets them")
  func bounds() {
    #expect(series(0, .regress, 2, of: 40).hasHeld && !series(0, .regress, 3, of: 40).hasHeld)
    #expect(series(0.0526, .inconclusive, 5, of: 30).hasHeld && !series(0.0526, .inconclusive, 6, of: 30).hasHeld)
    #expect(series(0.0526, .pass, 2, of: 30).hasHeld && !series(0.0526, .pass, 3, of: 30).hasHeld)
    #expect(series(0.1, .inconclusive, 1, of: 30).hasHeld && !series(0.1, .inconclusive, 2, of: 30).hasHeld)
  }

  @Test("show nothing where they are invalid or could not be measured", arguments: [0, 0.02, 0.0526])
  func invalid(slowdown: Double) {
    #expect(series(slowdown, .invalid, 1, of: 5).hasHeld)
    #expect(!series(slowdown, .invalid, 5, of: 5).hasHeld)
    #expect(!series(slowdown, .error, 1, of: 5).hasHeld)
  }
}
