// SPDX-License-Identifier: MIT

import Comparison
import Glibc
import Testing

@Suite("The settings of a gate")
struct GateSettingsTests {
  /// What is wrong with settings, and how they come to be.
  struct Wrong: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Part of the fault.
    var words: String
    var spoil: @Sendable (inout GateSettings) -> Void
  }

  static let sound = GateRows(controls: true).settings

  static let wrong = [
    Wrong(testDescription: "a cell twice", words: "the cell 'a' twice") { $0.cells.append($0.cells[0]) },
    Wrong(testDescription: "a cell without metrics", words: "nothing of the cell 'b'") { $0.cells[1].metrics = [:] },
    Wrong(testDescription: "an ignore without a day", words: "'b' is ignored without") {
      $0.cells[1].ignore = GateIgnore(reason: "known", until: "never")
    },
    margins("all is tolerated", 1, 2), margins("more than all is tolerated", 2, 3),
    margins("a gain is demanded", -1, 0.05), margins("a loss of all passes", 0.02, 1),
    margins("margins in the wrong order", 0.5, 0.02), margins("equal margins", 0.02, 0.02),
    margins("margins that no logarithm tells apart", 0.015624, 0.015624.nextUp),
    margins("a margin that is no number", .nan, 0.05), margins("another that is none", 0.02, .nan),
    Wrong(testDescription: "wrong margins of the mean", words: "the mean over all cells cannot tolerate 1.5") {
      $0.suiteMargins = [.throughput: Margins(tolerate: 1.5, detect: 0.05)]
    },
    limits("no rounds", 0, 0, 1), limits("negative rounds", -5, 20, 2), limits("too few for an interval", 5, 20, 2),
    limits("the most are fewer than the fewest", 12, 10, 2), limits("no step", 10, 20, 0),
    limits("a step back", 10, 20, -2), limits("rounds without end", 10, .max, 2), limits("all numbers", .max, .max, 2),
    significance(0), significance(1), significance(-0.05), significance(.nan),
    Wrong(testDescription: "a head that was sped up", words: "injectedSlowdown cannot be -1") {
      $0.injectedSlowdown = -1
    },
    Wrong(testDescription: "a head that never ended", words: "injectedSlowdown cannot be inf") {
      $0.injectedSlowdown = .infinity
    },
    Wrong(testDescription: "controls in no cell", words: "the controls have run in 'other'") {
      $0.controlCellIdentifier = "other"
    },
    Wrong(testDescription: "controls where only memory is judged", words: "the controls have run in 'a'") {
      $0.cells[0].metrics = [.peakRSS: Margins()]
    },
  ]

  private static func margins(_ description: String, _ tolerate: Double, _ detect: Double) -> Wrong {
    Wrong(testDescription: description, words: "'b' cannot tolerate \(tolerate) and detect \(detect) of throughput") {
      $0.cells[1].metrics = [.throughput: Margins(tolerate: tolerate, detect: detect)]
    }
  }

  private static func limits(_ description: String, _ minimum: Int, _ maximum: Int, _ step: Int) -> Wrong {
    Wrong(testDescription: description, words: "the stage 'confirm' cannot have \(minimum) to \(maximum) rounds") {
      $0.confirm = StageLimits(minimum: minimum, maximum: maximum, step: step)
    }
  }

  private static func significance(_ value: Double) -> Wrong {
    Wrong(testDescription: "significance \(value)", words: "significance cannot be \(value)") {
      $0.significance = value
    }
  }

  @Test("that a gate can have had have no fault")
  func accepted() {
    #expect(Self.sound.fault == nil)
    #expect(GateSettings(cells: []).fault == nil)
  }

  @Test("that no gate can have had are told", arguments: wrong)
  func refused(_ wrong: Wrong) {
    var settings = Self.sound
    wrong.spoil(&settings)
    #expect(settings.fault?.contains(wrong.words) == true, "\(settings.fault ?? "accepted")")
  }
}
