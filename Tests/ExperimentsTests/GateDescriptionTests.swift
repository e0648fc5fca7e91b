// SPDX-License-Identifier: MIT

import Comparison
import Experiments
import TestSupport
import Testing

@Suite("A gate's file")
struct GateDescriptionTests {
  private let folder = TemporaryFolder()

  private func read(_ text: String) throws -> GateDescription {
    try GateDescription(path: folder.write("gate.json5", Array(text.utf8)))
  }

  private func reason(_ text: String) -> String {
    do {
      _ = try read(text)
      return "accepted"
    } catch ExperimentError.malformedExperiment(_, let reason) {
      return reason
    } catch {
      return "\(error)"
    }
  }

  @Test("leaves the defaults of what it does not name")
  func defaults() throws {
    var expected = GateDescription()
    #expect(try read("{}") == expected)
    #expect(expected.margins == Margins(tolerate: 0.02, detect: 0.05))
    #expect(expected.screen == StageLimits(minimum: 10, maximum: 20))
    #expect(expected.confirm == StageLimits(minimum: 12, maximum: 40))
    expected.cells = [GateCellDescription(workload: "larson")]
    #expect(try read("{ cells: ['larson'] }") == expected)
  }

  @Test("has cells that are names alone, or say what is different about them")
  func cells() throws {
    let description = try read(
      """
      {
        cells: [
          'tiny-hot:64', 'traces/a.acetrace', '/data/b.acetrace', // a comment
          {
            workload: 'traces/c.acetrace', threads: 4, metrics: ['cpu-throughput'], tolerate: .05, detect: 0.10,
            ignore: { reason: "being rewritten", until: "2027-01-31" },
          },
        ],
        screen: { minimum: 6, maximum: 8, step: 1 },
        processors: [0, 1], seed: 12, timeLimitSeconds: 1.5,
      }
      """)
    #expect(
      description.cells.map(\.workload) == [
        "tiny-hot:64", "\(folder.path)/traces/a.acetrace", "/data/b.acetrace", "\(folder.path)/traces/c.acetrace",
      ])
    var last = GateCellDescription(workload: "\(folder.path)/traces/c.acetrace")
    last.threads = 4
    last.metrics = ["cpu-throughput"]
    last.tolerate = 0.05
    last.detect = 0.1
    last.ignore = GateIgnore(reason: "being rewritten", until: "2027-01-31")
    #expect(description.cells[3] == last)
    #expect(description.screen == StageLimits(minimum: 6, maximum: 8, step: 1))
    #expect(description.processors == [0, 1] && description.seed == 12 && description.timeLimitSeconds == 1.5)
  }

  @Test("is refused where it is mistyped, with the place")
  func refusals() {
    for (text, expected) in [
      ("{ tolerance: 0.1 }", "no setting has this name"), ("{ cells: ", ""),
      ("{ cells: [{ workload: 'larson', thread: 2 }] }", "no setting has this name"),
      ("{ cells: [{ threads: 2 }] }", "workload"), ("{ cells: [7] }", "cells.Index 0"),
      ("{ cells: [{ workload: 'larson', ignore: { until: '2027-01-31' } }] }", "reason"),
      ("{ cells: [{ workload: 'larson', ignore: 'later' }] }", "ignore"),
      ("{ screen: { minimum: 10 } }", "screen"), ("{ tolerate: '2 %' }", "tolerate"), ("[]", ""),
    ] {
      let reason = reason(text)
      #expect(reason != "accepted" && reason.contains(expected), "\(text): \(reason)")
    }
    #expect(
      throws: ExperimentError.malformedExperiment(path: "/nowhere/gate.json5", reason: "it cannot be read")
    ) { try GateDescription(path: "/nowhere/gate.json5") }
  }

  @Test("the one that is shipped can be planned, and has ten cells that count")
  func shipped() throws {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    let sources = parts.dropLast(3).joined(separator: "/")
    let plan = try GatePlan(
      try GateDescription(path: "\(sources)/workloads/gate.json5"), base: "system", head: "system")
    #expect(plan.settings.judgedCells.count == 10)
    #expect(plan.settings.judgedMetrics == [.throughput, .peakRSS])
    #expect(plan.settings.controlCellIdentifier == plan.settings.cells[0].identifier)
    #expect(plan.settings.cells.last?.title == "larson, 2 threads")
  }
}
