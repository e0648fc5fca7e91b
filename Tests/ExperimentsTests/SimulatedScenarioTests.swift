// SPDX-License-Identifier: MIT

import Experiments
import Testing

/// The gate as a whole, on machines whose truth is known. Seeds are fixed, so a bound holds or does not.
@Suite("Simulated gates")
struct SimulatedScenarioTests {
  @Test(
    "come out as they have to",
    arguments: [
      SimulatedScenario.intervals, .disturbedIntervals, .stopByWidth, .stopBySignificance, .same, .boundary, .loss,
      .largeLoss, .randomOrder, .blocks,
    ])
  func scenario(_ scenario: SimulatedScenario) {
    let result = scenario.run()
    #expect(!result.checks.isEmpty)
    for check in result.checks {
      #expect(
        check.hasHeld,
        "\(scenario.title): \(check.counted) \(check.count) of \(check.trialCount), bound \(check.bound)")
    }
  }
}
