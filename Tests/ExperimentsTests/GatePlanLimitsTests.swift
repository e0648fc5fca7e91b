// SPDX-License-Identifier: MIT

import Comparison
import Experiments
import Glibc
import Testing

@Suite("The limits of a gate's plan")
struct GatePlanLimitsTests {
  private func plan(_ change: (inout GateDescription) -> Void) throws -> GatePlan {
    var description = GateDescription()
    description.cells = [GateCellDescription(workload: "tiny-hot"), GateCellDescription(workload: "grow")]
    change(&description)
    return try GatePlan(description, base: "system", head: "system")
  }

  @Test("the slowed control loses more than its cell has to detect", arguments: [0.03, 0.05, 0.3, 0.5, 0.6, 0.9])
  func slowedControl(detect: Double) throws {
    let plan = try plan { $0.detect = detect }
    let unit = try #require(plan.settings.units.first)
    let words = plan.commands(of: unit, worker: "worker").flatMap(\.arguments)
    let option = try #require(words.firstIndex(of: "--slowdown"))
    let slowdown = try #require(Double(words[option + 1]))
    // As logarithms of speed.
    #expect(log1p(slowdown) > -1.1 * log1p(-detect))
    #expect(slowdown >= 0.1)
  }

  @Test("margins of the mean are checked where every cell has its own")
  func marginsOfTheMean() throws {
    func ownMargins(_ description: inout GateDescription) {
      for index in description.cells.indices {
        (description.cells[index].tolerate, description.cells[index].detect) = (0.02, 0.05)
      }
    }
    #expect(try plan(ownMargins).settings.fault == nil)
    for tolerate in [0.1, 1.5] {
      let error = ExperimentError.unorderedMargins(cell: "the mean over all cells", tolerate: tolerate, detect: 0.05)
      #expect(throws: error) {
        try plan {
          ownMargins(&$0)
          $0.tolerate = tolerate
        }
      }
    }
  }

  @Test(
    "rounds out of range are refused by the setting that is",
    arguments: [
      (StageLimits(minimum: 5, maximum: 20), "confirm.minimum", "5"),
      (StageLimits(minimum: 10, maximum: 9), "confirm.maximum", "9"),
      (StageLimits(minimum: 10, maximum: .max), "confirm.maximum", "\(Int.max)"),
      (StageLimits(minimum: .max, maximum: .max), "confirm.minimum", "\(Int.max)"),
      (StageLimits(minimum: 10, maximum: 20, step: 0), "confirm.step", "0"),
    ])
  func limits(_ limits: StageLimits, setting: String, value: String) throws {
    do {
      _ = try plan { $0.confirm = limits }
      Issue.record("accepted")
    } catch ExperimentError.settingOutOfRange(let foundSetting, let foundValue, _, _) {
      #expect((foundSetting, foundValue) == (setting, value))
    }
  }
}
